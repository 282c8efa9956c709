import CurlHTTP
import Foundation

/// `mock-mmsc` in a process of its own, behind a port that stays the same over its restarts.
final class Peer: Sendable {
    /// What `GET /journal` tells.
    struct Journal: Decodable, Sendable {
        struct Account: Decodable, Sendable {
            /// SubmitReqs under the TransactionID, whatever became of them.
            var received: Int
            /// Those that the MMSC took, repetitions included.
            var accepted: Int
            var recipients: Int
            /// There once it took one.
            var messageID: String?

            enum CodingKeys: String, CodingKey {
                case received, accepted, recipients
                case messageID = "message_id"
            }
        }

        /// Those of its many counts that are settled with.
        struct Counts: Decodable, Sendable {
            var received: Int
            var mostOpen = 0
            var mostInSecond = 0
            var reset: Int
            var violations: Int
            var forgotten: Int
            var reportsAnswered: Int
            var reportsGivenUp: Int

            enum CodingKeys: String, CodingKey {
                case received, reset, violations, forgotten
                case mostOpen = "most_open"
                case mostInSecond = "most_in_second"
                case reportsAnswered = "reports_answered"
                case reportsGivenUp = "reports_given_up"
            }
        }

        var counts: Counts
        var submissions: [String: Account]

        /// SubmitReqs received, each counted for every recipient.
        var copies: Int { submissions.values.reduce(0) { $0 + $1.received * $1.recipients } }
    }

    let name: String
    let port: Int
    private let arguments: [String]

    /// - Parameters:
    ///   - name: what the gateway calls it.
    ///   - faults: options of the command.
    ///   - callbackPort: where the gateway takes reports.
    init(_ name: String, faults: [String], seed: UInt64, callbackPort: Int) throws {
        self.name = name
        port = try FreePort.take()
        arguments =
            [
                "mock-mmsc", "--listen", "127.0.0.1:\(port)", "--seed", "\(seed)", "--report-delay", "20ms",
                "--callback-url", "http://127.0.0.1:\(callbackPort)/mm7/\(name)",
                // A gateway that is down for a while hears its reports afterwards.
                "--report-tries", "10000", "--report-pause", "50ms",
            ] + faults
    }

    var url: String { "http://127.0.0.1:\(port)/mm7" }

    func start() async throws -> Program {
        let program = try Program(arguments: arguments)
        _ = try await program.line(with: "The MMSC listens")
        return program
    }

    /// Returns when it has received another SubmitReq, or when the time is over.
    func receivesMore(over client: HTTPClient, within limit: Duration) async throws {
        let end = ContinuousClock.now + limit
        let before = try await journal(over: client).counts.received
        while .now < end, try await journal(over: client).counts.received == before {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func journal(over client: HTTPClient) async throws -> Journal {
        var request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(port)/journal")
        request.responseLimitBytes = 64 << 20
        let response = try await client.send(request)
        return try JSONDecoder().decode(Journal.self, from: Data(response.body))
    }
}
