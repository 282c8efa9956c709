import GatewayCore
import HTTPTypes

/// What a request is answered that has to come again with credentials of HTTP Digest. (RFC 7616, 3.3)
struct DigestChallenge: Sendable, Equatable {
    /// Why there is one.
    enum Reason: Sendable {
        /// The request has no credentials, as the first of a client has none.
        case none
        case wrong
        /// The credentials are right, and their nonce is too old, was used, or is of before the last start.
        case stale
    }

    let nonce: String
    let reason: Reason

    static let realm = "mm7"

    /// The values of the fields, one for each algorithm; a client takes the first that it knows.
    var fields: [String] {
        DigestAlgorithm.allCases.map { algorithm in
            "Digest realm=\"\(Self.realm)\", qop=\"auth\", algorithm=\(algorithm.rawValue), nonce=\"\(nonce)\", "
                + "stale=\(reason == .stale), charset=UTF-8"
        }
    }
}

extension NonceBook {
    /// The challenge for a request; nil where its credentials are right.
    ///
    /// - Parameters:
    ///   - authorization: the header's value.
    ///   - target: of the request: its path and query.
    func challenge(
        to authorization: String?, _ method: String, _ target: String?, of login: MMSC.Login, at mmsc: String
    ) -> DigestChallenge? {
        guard let authorization else { return DigestChallenge(nonce: nonce(for: mmsc), reason: .none) }
        guard let credentials = DigestCredentials(authorization), credentials.realm == DigestChallenge.realm,
            credentials.prove(login, to: method), let target, credentials.isFor(target)
        else { return DigestChallenge(nonce: nonce(for: mmsc), reason: .wrong) }
        if take(credentials.nonce, credentials.count, for: mmsc) { return nil }
        return DigestChallenge(nonce: nonce(for: mmsc), reason: .stale)
    }
}

extension DigestCredentials {
    /// Whether they were made for this target, which may be given with its scheme and host. (RFC 7616, 3.4.6)
    fileprivate func isFor(_ target: String) -> Bool {
        if uri == target { return true }
        guard let scheme = uri.firstRange(of: "://") else { return false }
        let path = uri[scheme.upperBound...].drop { $0 != "/" }
        return path == target
    }
}
