import CurlHTTP
import FoundationEssentials

/// The gateway of this machine, asked on its operations port how it is.
struct LocalGateway: Sendable {
    let operations: ListenAddress
    let client: HTTPClient

    /// What `/readyz` says, or that nobody says it.
    enum Condition: Sendable, Equatable {
        /// With a line for each check.
        case running(isReady: Bool, checks: [Check])
        /// Nobody listens.
        case absent
        /// Somebody does, and does not answer as a gateway.
        case unclear(String)
    }

    struct Check: Sendable, Equatable, Decodable {
        let name: String
        /// `ok`, `failed` or `warning`.
        let status: String
        var reason: String?
    }

    /// Longer than its own checks take with a store that is locked.
    private static let timeout = Duration.seconds(30)

    func condition() async -> Condition {
        var request = HTTPRequest(method: .get, url: "\(operations.localURL)/readyz")
        request.connectTimeout = .seconds(3)
        request.timeout = Self.timeout
        do {
            let response = try await client.send(request)
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(response.body)) else {
                return .unclear("\(operations) answers \(response.status), and not as a gateway does")
            }
            return .running(isReady: response.status == 200, checks: body.checks)
        } catch {
            return error.kind == .connectionFailed ? .absent : .unclear("\(operations) does not answer: \(error)")
        }
    }

    private struct Body: Decodable {
        let checks: [Check]
    }
}

extension LocalGateway.Condition {
    /// How an MMSC is, as `well` or `open`, and why; nil where nobody runs who knows.
    ///
    /// The gateway names those that are not well, with the state before a colon.
    func state(ofMMSC name: String) -> (state: String, reason: String?)? {
        guard case .running(_, let checks) = self else { return nil }
        guard let check = checks.first(where: { $0.name == "mmsc.\(name)" }) else { return ("well", nil) }
        let words = (check.reason ?? check.status).split(separator: ":", maxSplits: 1).map(String.init)
        let reason = words.dropFirst().first.map { String($0.drop { $0 == " " }) }
        return (words.first ?? check.status, reason)
    }
}
