import FoundationEssentials
import GatewayCore
import HTTPTypes
package import Hummingbird

/// The credentials that a request brings in its Authorization header. (RFC 9110, 11.6.2)
///
/// Its descriptions show none of them.
package enum Authorization: Sendable {
    /// A name and its password. (RFC 7617)
    case basic(username: Substring, password: Substring)
    /// A token. (RFC 6750)
    case bearer(Substring)
    /// No header, another scheme, or credentials that cannot be read.
    case unusable

    /// - Parameter header: the value of the header. The word of the scheme counts in any case.
    package init(_ header: String?) {
        guard let (scheme, rest) = header?.withoutOuterBlanks.halves(at: " ") else {
            self = .unusable
            return
        }
        let credentials = rest.withoutOuterBlanks
        if scheme.isWord("bearer"), credentials.utf8.allSatisfy({ $0 != UInt8(ascii: " ") }) {
            self = .bearer(credentials)
        } else if scheme.isWord("basic"), let decoded = Data(base64Encoded: String(credentials)),
            let (username, password) = String(decoding: decoded, as: UTF8.self).halves(at: ":")
        {
            self = .basic(username: username, password: password)
        } else {
            self = .unusable
        }
    }
}

extension Authorization: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .basic: "Basic •••"
        case .bearer: "Bearer •••"
        case .unusable: "unusable"
        }
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Request {
    package var authorization: Authorization { Authorization(headers[.authorization]) }
}

extension Authorization {
    /// Whether a text that came elsewhere in the request gives its secret away: it is the secret, a good part of it, or
    /// has it within.
    func isBetrayed(by text: String) -> Bool {
        let secret =
            switch self {
            case .basic(_, let password): password
            case .bearer(let token): token
            case .unusable: Substring()
            }
        guard !secret.isEmpty else { return false }
        return text == secret || text.utf8.count >= Self.goodPart && secret.contains(text)
            || secret.utf8.count >= Self.goodPart && text.contains(secret)
    }

    /// The octets from which on a text tells something of a secret that it is part of.
    private static let goodPart = 8
}
