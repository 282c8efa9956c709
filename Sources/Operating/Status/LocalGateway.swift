import CurlHTTP
import FoundationEssentials
package import GatewayCore

/// The gateway of this machine, whose condition is asked for on its operations port.
package struct LocalGateway: Sendable {
    let server: LocalServer
    /// The value of the Authorization header; nil: none is sent.
    let authorization: Secret?

    /// - Parameter server: that of operations.
    package init(_ server: LocalServer, authorization: Secret? = nil) {
        self.server = server
        self.authorization = authorization
    }

    /// What `/readyz` answers, or that there is no answer.
    package enum Condition: Sendable, Equatable {
        /// The gateway runs; with an entry for each check, and one for each MMSC.
        case running(isReady: Bool, checks: [Check], mmscs: [Peer] = [])
        /// Nobody listens on the port.
        case absent
        /// Somebody listens, but does not answer like a gateway.
        case unclear(String)
    }

    package struct Check: Sendable, Equatable, Decodable {
        let name: String
        /// `ok`, `failed` or `warning`.
        let status: String
        var reason: String?
    }

    /// How the last exchanges with an MMSC ended, since the gateway's start.
    package struct Peer: Sendable, Equatable, Decodable {
        let name: String
        var condition: String
        var reason: String?
        var secondsSinceSuccess: Int?
        var secondsSinceFailure: Int?
        var lastFailure: String?

        enum CodingKeys: String, CodingKey {
            case name, condition, reason
            case secondsSinceSuccess = "seconds_since_success"
            case secondsSinceFailure = "seconds_since_failure"
            case lastFailure = "last_failure"
        }
    }

    /// The time for an answer: longer than the gateway's own checks take when the store is locked.
    private static let timeout = Duration.seconds(30)

    package func condition() async -> Condition {
        var request = server.request(.get, "/readyz")
        request.connectTimeout = .seconds(3)
        request.timeout = Self.timeout
        if let authorization { request.headers = ["Authorization": authorization.reveal()] }
        do {
            let response = try await server.client.send(request)
            if response.status == 401 {
                return .unclear(
                    """
                    \(server.address) wants credentials: this command needs one of operations.users with its password in \
                    plain text, or operations.probes to be "open"
                    """
                )
            }
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(response.body)) else {
                return .unclear("\(server.address) answers \(response.status), but not as a gateway does")
            }
            return .running(isReady: response.status == 200, checks: body.checks, mmscs: body.mmscs ?? [])
        } catch {
            return switch error.kind {
            case .connectionFailed: .absent
            case _ where server.refusesIdentity(error):
                .unclear("\(server.address): \(error); give one that its client_ca knows with --certificate and --key")
            default: .unclear("\(server.address) does not answer: \(error)")
            }
        }
    }

    private struct Body: Decodable {
        let checks: [Check]
        let mmscs: [Peer]?
    }
}

extension LocalGateway.Condition {
    /// How an MMSC is; nil where no gateway runs.
    func peer(_ name: String) -> LocalGateway.Peer? {
        guard case .running(_, _, let mmscs) = self else { return nil }
        return mmscs.first { $0.name == name }
    }

    /// The gateway's warnings about an MMSC, besides its condition.
    func warnings(ofMMSC name: String) -> [String] {
        guard case .running(_, let checks, _) = self else { return [] }
        return checks.compactMap { check in
            switch check.name {
            case "lane.\(name)": check.reason ?? check.status
            case "cancellations.\(name)": "CancelReqs wait: " + (check.reason ?? check.status)
            default: nil
            }
        }
    }
}
