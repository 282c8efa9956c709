import CurlHTTP
import Foundation
import TestPeers

/// An app's customer in this process, a gateway and its MMSC in processes of their own.
struct AppStage: ProgramTesting {
    let folder: String
    let customer: TestCustomer
    let customerURL: String
    let client: HTTPClient
    let customersPort: Int
    let batchPort: Int
    let mm7Port: Int

    static let project = "7f0e9a4c-0000-4000-8000-000000000001"
    static let app = "01E3S8B6YCMRNR0GGM94H80ACX"
    static let recipientsPerBatch = 60

    static func run(_ body: @escaping @Sendable (AppStage) async throws -> Void) async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            let ports = (try FreePort.take(), try FreePort.take(), try FreePort.take())
            try await customer.serving { customerURL in
                let client = try HTTPClient()
                let stage = AppStage(
                    folder: folder, customer: customer, customerURL: customerURL, client: client,
                    customersPort: ports.0, batchPort: ports.1, mm7Port: ports.2)
                try await body(stage)
                await client.shutdown()
            }
        }
    }

    func peer(seed: UInt64) throws -> Peer {
        try Peer("north", faults: ["--delay", "20ms"], seed: seed, callbackPort: mm7Port)
    }

    /// Writes the configuration: an app that keeps contacts and conversations. All that waits, waits shortly.
    func configure(_ peer: Peer) throws {
        let credentials = """
            {channel_credentials: [{channel: "MMS", mms_credentials:
              {account_id: "A1", api_key: "vasp", default_sender: "12025550100"}}]}
            """
        try credentials.write(toFile: folder + "/credentials.json", atomically: true, encoding: .utf8)
        try """
        {
          server: {listen: "127.0.0.1:\(customersPort)", batch_listen: "127.0.0.1:\(batchPort)"},
          mm7: {listen: "127.0.0.1:\(mm7Port)"}, operations: {listen: "127.0.0.1:0"},
          data_directory: "\(folder)/data",
          channel_credentials: "credentials.json",
          projects: [{
            id: "\(Self.project)", access_keys: [{id: "key", secret: "secret"}],
            apps: [{
              id: "\(Self.app)", account: "A1", processing_mode: "CONVERSATION",
              webhooks: [{
                target: "\(customerURL)/webhook",
                triggers: ["MESSAGE_DELIVERY", "CONTACT_CREATE", "CONVERSATION_START", "BATCH_STATUS_UPDATE"],
              }],
            }],
          }],
          mmscs: [{name: "north", url: "\(peer.url)", vaspid: "vasp", timeout: "1s",
            circuit_breaker: {failures: 5, first_pause: "20ms", last_pause: "100ms", repair_pause: "50ms"}}],
          routes: [{prefix: "", mmscs: ["north"]}],
          egress: {allow: ["127.0.0.0/8"]},
          submission: {first_delay: "20ms", last_delay: "200ms", report_grace: "0s"},
          webhooks: {first_delay: "20ms", timeout: "5s"},
          conversation: {webhook_calls_per_second: 100000},
          shutdown: {drain: "5s"},
        }
        """.write(toFile: folder + "/gateway.json", atomically: true, encoding: .utf8)
    }

    /// A gateway that serves.
    func start() async throws -> Program {
        let gateway = try Program("serve", "--config", folder + "/gateway.json")
        _ = try await ports(of: gateway)
        return gateway
    }

    /// Something that is posted under a key of its own: a message or a batch of many.
    enum Request: Hashable, Sendable {
        case message(Int)
        case batch(Int)

        /// The numbers that get something by it.
        var numbers: [String] {
            switch self {
            case .message(let number): ["1556\(1_000_000 + number)"]
            case .batch(let number):
                (0..<AppStage.recipientsPerBatch).map { "1557\(1_000_000 + number * AppStage.recipientsPerBatch + $0)" }
            }
        }
    }

    /// - Throws: `HTTPFailure` when there was no answer: the request may have been accepted, or not.
    func post(_ request: Request) async throws(HTTPFailure) -> Int {
        let (port, path, key, to): (Int, String, String, String)
        let recipients = request.numbers.map {
            #"{"identified_by":{"channel_identities":[{"channel":"MMS","identity":"\#($0)"}]}}"#
        }
        switch request {
        case .message(let number):
            (port, path, key) = (customersPort, "messages:send", "message-\(number)")
            to = #""recipient":\#(recipients[0])"#
        case .batch(let number):
            (port, path, key) = (batchPort, "messages", "batch-\(number)")
            let entries = recipients.map { #"{"recipient":\#($0)}"# }.joined(separator: ",")
            to = #""recipient_and_params":[\#(entries)]"#
        }
        var call = call(.post, path, port: port)
        call.headers = ["Content-Type": "application/json", "Idempotency-Key": key]
        let body = #"{"app_id":"\#(Self.app)","message":{"text_message":{"text":"Hello"}},\#(to)}"#
        call.body = [Array(body.utf8)[...]]
        return try await client.send(call).status
    }

    /// All of the project's contacts, page by page.
    func contacts() async throws -> [Contact] {
        var (contacts, token) = ([Contact](), "")
        repeat {
            let response = try await client.send(
                call(.get, "contacts?page_size=20&page_token=\(token)", port: customersPort))
            let page = try JSONDecoder().decode(Page.self, from: Data(response.body))
            contacts += page.contacts
            token = page.nextPageToken
        } while !token.isEmpty
        return contacts
    }

    struct Contact: Decodable {
        struct Identity: Decodable {
            let identity: String
        }

        let id: String
        let identities: [Identity]

        enum CodingKeys: String, CodingKey {
            case id
            case identities = "channel_identities"
        }
    }

    private struct Page: Decodable {
        let contacts: [Contact]
        let nextPageToken: String

        enum CodingKeys: String, CodingKey {
            case contacts
            case nextPageToken = "next_page_token"
        }
    }

    private func call(_ method: HTTPMethod, _ path: String, port: Int) -> HTTPRequest {
        var call = HTTPRequest(
            method: method, url: "http://127.0.0.1:\(port)/v1/projects/\(Self.project)/\(path)")
        call.credentials = BasicCredentials(username: "key", password: "secret")
        return call
    }
}
