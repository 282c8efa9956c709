import GatewayCore
import HTTPServing
import IPRanges

extension CallbackAccess {
    /// Why a post may not be made.
    enum Refusal: Sendable, Equatable {
        /// The peer's address is not among those allowed.
        case address
        /// HTTP Basic is missing or wrong.
        case credentials
        /// HTTP Digest is missing, wrong or too old.
        case digest(DigestChallenge)
    }

    /// Why the post is refused, as far as it can be told without HTTP Digest; nil when it is permitted. A peer without an
    /// address passes only where addresses are not restricted.
    func refusal(ofPeer peer: IPAddress?, authorization: Authorization) -> Refusal? {
        if !allowed.isEmpty {
            guard let peer, allowed.contains(where: { $0.contains(peer) }) else { return .address }
        }
        if let login, authentication == .basic {
            guard case .basic(let username, let password) = authorization, login.is(username, password) else {
                return .credentials
            }
        }
        return nil
    }
}

extension MMSC.Login {
    /// Both are always compared, so that the time does not show whether the name was right.
    fileprivate func `is`(_ username: Substring, _ password: Substring) -> Bool {
        let isName = Secret(self.username).matches(username)
        let isPassword = self.password.matches(password)
        return isName && isPassword
    }
}
