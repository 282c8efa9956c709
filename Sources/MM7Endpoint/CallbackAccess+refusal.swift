import FoundationEssentials
import GatewayCore
import IPRanges

extension CallbackAccess {
    /// Why a post may not be made.
    enum Refusal: Sendable, Equatable {
        /// The peer's address is not among those allowed.
        case address
        /// HTTP Basic is missing or wrong.
        case credentials
    }

    /// Nil when the post may be made. A peer without an address passes only where none is asked for.
    func refusal(ofPeer peer: IPAddress?, authorization: String?) -> Refusal? {
        if !allowed.isEmpty {
            guard let peer, allowed.contains(where: { $0.contains(peer) }) else { return .address }
        }
        if let login {
            guard let given = BasicLogin(authorization: authorization), given.is(login) else { return .credentials }
        }
        return nil
    }
}

/// The name and password of an Authorization header. (RFC 7617)
private struct BasicLogin {
    let username: Substring
    let password: Substring

    init?(authorization: String?) {
        guard let (scheme, credentials) = authorization?.halves(at: " "), scheme.isWord("basic"),
            let decoded = Data(base64Encoded: String(credentials.withoutOuterBlanks)),
            let (username, password) = String(decoding: decoded, as: UTF8.self).halves(at: ":")
        else { return nil }
        self.username = username
        self.password = password
    }

    /// Both are always compared, so that the time does not tell a right name from a wrong one.
    func `is`(_ login: MMSC.Login) -> Bool {
        let isName = Secret(login.username).matches(username)
        let isPassword = login.password.matches(password)
        return isName && isPassword
    }
}
