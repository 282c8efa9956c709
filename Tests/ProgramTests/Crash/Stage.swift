import CurlHTTP
import Foundation
import TestPeers

/// Where accounts are settled: a customer in this process, a gateway and its MMSCs in processes of their own.
struct Stage: ProgramTesting {
    let folder: String
    let told: Told
    let customerURL: String
    let client: HTTPClient
    /// The same over all starts of the gateway, for MMSCs know it.
    let mm7Port: Int
    /// How many messages a batch has.
    let batchSize: Int

    static func run(
        batchSize: Int = 10, _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let told = Told()
            let mm7Port = try FreePort.take()
            try await told.serving { customerURL in
                let client = try HTTPClient()
                try await body(
                    Stage(
                        folder: folder, told: told, customerURL: customerURL, client: client, mm7Port: mm7Port,
                        batchSize: batchSize))
                await client.shutdown()
            }
        }
    }

    var dataDirectory: String { folder + "/data" }

    func peer(_ name: String = "north", faults: [String] = [], seed: UInt64) throws -> Peer {
        try Peer(name, faults: faults, seed: seed, callbackPort: mm7Port)
    }

    /// Writes the configuration anew. All that waits in the gateway waits shortly.
    ///
    /// - Parameters:
    ///   - draining: names of the MMSCs that take nothing new.
    ///   - webhookTimeout: longer than this process may be kept from answering, where nothing else is to be repeated.
    func configure(
        _ peers: Peer..., recipientsPerRequest: Int = 1, draining: Set<String> = [], webhookTimeout: String = "5s"
    ) throws {
        let mmscs = peers.map { peer in
            """
            {name: "\(peer.name)", url: "\(peer.url)", vaspid: "vasp", timeout: "1s",
              draining: \(draining.contains(peer.name)),
              circuit_breaker: {failures: 5, first_pause: "20ms", last_pause: "100ms", repair_pause: "50ms"},
              recipients_per_request: \(recipientsPerRequest)}
            """
        }
        try """
        {
          server: {listen: "127.0.0.1:0"}, mm7: {listen: "127.0.0.1:\(mm7Port)"},
          operations: {listen: "127.0.0.1:0"},
          data_directory: "\(dataDirectory)",
          service_plans: [{id: "plan1", api_tokens: ["token-of-plan1"], default_originator: "12025550100"}],
          mmscs: [\(mmscs.joined(separator: ",\n"))],
          routes: [{prefix: "", mmscs: [\(peers.map { "\"\($0.name)\"" }.joined(separator: ", "))]}],
          egress: {allow: ["127.0.0.0/8"]},
          submission: {first_delay: "20ms", last_delay: "200ms", report_grace: "0s"},
          webhooks: {first_delay: "20ms", timeout: "\(webhookTimeout)", max_in_flight: 8},
          shutdown: {drain: "5s"},
        }
        """.write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
    }

    /// A gateway whose start has begun.
    func launch() throws -> Program { try Program("serve", "--config", folder + "/gateway.json") }

    /// A gateway that serves, and the port of its customers.
    func start() async throws -> (gateway: Program, port: Int) {
        let gateway = try launch()
        return (gateway, try await ports(of: gateway).customers)
    }

    /// Posts a batch under the key of its number; returns the status of the answer.
    ///
    /// - Throws: `HTTPFailure` when there was none: the batch may have been accepted, or not.
    func post(_ number: Int, to port: Int, lifetime: Duration? = nil) async throws(HTTPFailure) -> Int {
        let numbers = (0..<batchSize).map { "\"1555\(100_000 + number)\(100 + $0)\"" }.joined(separator: ",")
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)/xms/v1/plan1/batches")
        request.headers = [
            "Authorization": "Bearer token-of-plan1", "Content-Type": "application/json",
            "Idempotency-Key": "batch-\(number)",
        ]
        let expiry = lifetime.map { lifetime in
            let end = Date.now.addingTimeInterval(lifetime / .seconds(1))
            return #","expire_at":"\#(end.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))""#
        }
        let body = """
            {"type":"mt_media","to":[\(numbers)],"delivery_report":"per_recipient_final",\
            "callback_url":"\(customerURL)/webhook",\
            "body":{"url":"\(customerURL)/picture.jpg","message":"Hello"}\(expiry ?? "")}
            """
        request.body = [Array(body.utf8)[...]]
        return try await client.send(request).status
    }

    /// Waits until every message of so many batches has been told of and all is reported, ends the gateway, and settles.
    func settle(
        _ gateway: Program, batches: Int, with peers: [Peer], within limit: Duration = .seconds(120)
    ) async throws -> Settlement {
        do {
            try await told.wait(for: batches * batchSize, within: limit)
        } catch {
            gateway.send(SIGTERM)
            _ = try await gateway.exitCode()
            let open = try History(of: dataDirectory).messages.filter { told.words(on: $0.name).isEmpty }
            throw Unexpected("\(error); among them \(open.prefix(3)); \(gateway.printed.suffix(20))")
        }
        var journals: [String: Peer.Journal] = [:]
        for peer in peers {
            // The customer may hear of the last message before the MMSC has the answer to its report.
            var reported: [Int] = []
            repeat {
                let journal = try await peer.journal(over: client)
                journals[peer.name] = journal
                reported.append(journal.counts.reportsAnswered)
                try await Task.sleep(for: .milliseconds(50))
            } while reported.count < 3 || Set(reported.suffix(3)).count > 1
        }
        gateway.send(SIGTERM)
        let code = try await gateway.exitCode()
        guard code == 0 else { throw Unexpected("the gateway ended with \(code): \(gateway.printed.suffix(20))") }
        return Settlement(history: try History(of: dataDirectory), journals: journals, told: told)
    }
}
