import Crypto
package import FoundationEssentials
package import GatewayCore

/// A bearer token that a project gets for one of its access keys: `{key id}~{expiry}~{nonce}~{seal}`.
///
/// The seal is an HMAC-SHA256 under the key's secret, so that a token needs no storage, survives a restart, is valid at
/// every gateway with the same configuration, and becomes invalid with its key. (RFC 6750; RFC 2104)
package struct AccessToken: Sendable {
    package let text: String

    /// How long a token is valid.
    package static let life = Duration.seconds(3600)

    package init(for key: Project.AccessKey, of project: Project, now: Date, random: RandomSource = .system) {
        let expiry = Int64(now.timeIntervalSince1970) + Self.life.components.seconds
        let head = "\(key.id)~\(expiry)~\(String(random.next(), radix: 36))"
        text = head + "~" + Self.seal(head, key, project)
    }

    package enum Validity: Sendable {
        case valid
        /// The token was valid once; the client fetches another.
        case expired
        case invalid
    }

    /// Whether a token is valid for a project. Only the holder of a correct seal learns that the token has expired.
    package static func validity(of token: some StringProtocol, for project: Project, now: Date) -> Validity {
        // The key's id comes first and may have the character in it that separates the pieces.
        let pieces = token.split(separator: "~", omittingEmptySubsequences: false)
        guard pieces.count >= 4, let expiry = Int64(pieces[pieces.count - 3]), let given = pieces.last else {
            return .invalid
        }
        let id = pieces.dropLast(3).joined(separator: "~")
        guard let key = project.accessKeys.first(where: { $0.id == id }) else { return .invalid }
        let head = pieces.dropLast().joined(separator: "~")
        guard Secret(seal(head, key, project)).matches(given) else { return .invalid }
        return Double(expiry) > now.timeIntervalSince1970 ? .valid : .expired
    }

    private static func seal(_ head: String, _ key: Project.AccessKey, _ project: Project) -> String {
        let sealed = Data("mm7-gateway access token\n\(project.id)\n\(head)".utf8)
        let code = HMAC<SHA256>.authenticationCode(
            for: sealed, using: SymmetricKey(data: Data(key.secret.reveal().utf8)))
        return code.hexadecimal
    }
}

extension Project {
    /// The access key of that id, if the secret is its own.
    package func accessKey(_ id: some StringProtocol, secret: some StringProtocol) -> AccessKey? {
        guard let key = accessKeys.first(where: { $0.id.isExactly(id) }), key.secret.matches(secret) else { return nil }
        return key
    }
}
