import HTTPTypes
import Hummingbird

/// The form in which a request brings credentials.
package enum CredentialForm: String, Sendable, CustomStringConvertible {
    case basic, bearer, digest
    /// The id and secret of a client, as members of a form.
    case clientSecret = "client_secret"
    /// Another scheme, or something that cannot be read.
    case other

    package var description: String { rawValue }
}

extension Request {
    /// The form of the credentials; nil without any, which is no guess.
    var credentialForm: CredentialForm? {
        guard let header = headers[.authorization] else {
            return method == .post && hasMediaType("application/x-www-form-urlencoded") ? .clientSecret : nil
        }
        return CredentialForm(rawValue: header.prefix { $0 != " " }.lowercased()) ?? .other
    }
}

extension Response {
    /// Whether the credentials of the request were right once, and their holder is to fetch or make new ones: an access
    /// token that expired (RFC 6750, 3.1), a nonce of HTTP Digest that did (RFC 7616, 3.3).
    var challengesTheHolder: Bool {
        guard let challenge = headers[.wwwAuthenticate]?.lowercased() else { return false }
        return challenge.contains("expired") || challenge.contains("stale=true")
    }
}
