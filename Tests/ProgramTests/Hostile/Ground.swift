import CurlHTTP
import Foundation
import TestPeers

/// A gateway to be attacked: two customers, an MMSC that behaves, and a hostile server that one customer names.
struct Ground: ProgramTesting {
    let gateway: Program
    let ports: (customers: Int, mm7: Int, operations: Int)
    let hostile: HostileServer

    /// Few connections, so that an attack needs few as well.
    static let maxConnections = 256
    static let requestTimeout = 2

    /// - Parameters:
    ///   - egress: the private ranges that the gateway may call for customers.
    ///   - level: of the log; at `trace` each request has a line too.
    static func run(
        egress: String = #""127.0.0.0/8""#, level: String = "info",
        _ body: @escaping @Sendable (Ground) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let mm7Port = try FreePort.take()
            let mmsc = try Peer("north", faults: [], seed: 1, callbackPort: mm7Port)
            let peer = try await mmsc.start()
            let hostile = try HostileServer()
            defer { hostile.stop() }
            let gateway = try Program(
                "serve", "--config", try configure(folder, mm7Port: mm7Port, mmsc: mmsc, egress: egress, level: level))
            let ground = Ground(gateway: gateway, ports: try await ports(of: gateway), hostile: hostile)
            try await body(ground)
            gateway.send(SIGTERM)
            let code = try await gateway.exitCode()
            guard code == 0 else { throw Unexpected("the gateway ended with \(code): \(gateway.printed.suffix(5))") }
            peer.send(SIGKILL)
            _ = try await peer.exitCode()
        }
    }

    private static func configure(
        _ folder: String, mm7Port: Int, mmsc: Peer, egress: String, level: String
    ) throws -> String {
        let limits =
            "max_connections: \(maxConnections), request_timeout: \"\(requestTimeout)s\", idle_timeout: \"20s\""
        let plans = ["plan1", "plan2"].map {
            #"{id: "\#($0)", api_tokens: ["token-of-\#($0)"], default_originator: "12025550100"}"#
        }
        try """
        {
          server: {listen: "127.0.0.1:0", \(limits)},
          mm7: {listen: "127.0.0.1:\(mm7Port)", \(limits)},
          operations: {listen: "127.0.0.1:0"},
          data_directory: "\(folder)/data",
          service_plans: [\(plans.joined(separator: ", "))],
          mmscs: [{name: "north", url: "\(mmsc.url)", vaspid: "secret-vaspid"}],
          routes: [{prefix: "", mmscs: ["north"]}],
          egress: {allow: [\(egress)]},
          media: {timeout: "2s"},
          webhooks: {first_delay: "1s", timeout: "2s"},
          shutdown: {drain: "2s"},
          log: {level: "\(level)", access: \(level == "trace")},
        }
        """.write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
        return folder + "/gateway.json"
    }

    private static func ports(of program: Program) async throws -> (customers: Int, mm7: Int, operations: Int) {
        try await PortReading().ports(of: program)
    }

    private struct PortReading: ProgramTesting {}
}

extension Ground {
    /// A connection of the attacker, whose address is not the bystander's.
    func connect(to port: Int, seconds: Int = 10) -> RawSocket? {
        RawSocket(port: port, source: "127.0.0.2", seconds: seconds)
    }

    /// The head of a request of the greedy customer's.
    func head(_ method: String = "POST", _ path: String = "batches", _ more: String...) -> String {
        (["\(method) /xms/v1/plan2/\(path) HTTP/1.1", "Host: a", "Authorization: Bearer token-of-plan2"] + more)
            .joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// Sends a whole request of the greedy customer's over a connection of its own.
    @discardableResult
    func post(_ body: String, to path: String = "batches") -> RawSocket.Answer? {
        let connection = connect(to: ports.customers)
        let length = "Content-Length: \(body.utf8.count)"
        guard connection?.send(head("POST", path, "Content-Type: application/json", length) + body) == true else {
            return nil
        }
        return connection?.answer()
    }

    /// A batch of the greedy customer's whose media and webhook are the hostile server's.
    func batch(count: Int = 1, media: String = "/picture.gif", webhook: String? = nil) -> String {
        let numbers = (0..<count).map { "\"1555020\(1000 + $0)\"" }.joined(separator: ",")
        let callback =
            webhook.map { #","delivery_report":"per_recipient","callback_url":"\#(hostile.url)\#($0)""# } ?? ""
        return #"{"type":"mt_media","to":[\#(numbers)],"body":{"url":"\#(hostile.url)\#(media)"}\#(callback)}"#
    }
}
