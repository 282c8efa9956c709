import Trust

/// Handles that know a challenge of Digest authentication, for more requests with the same login: these are then sent
/// at once, and not after an empty one. Used only on the loop's thread.
struct KeptLogins {
    private var entries: [(login: Login, handle: EasyHandle)] = []

    private static let most = 256

    /// The handle that was used last with the login; the caller has it alone.
    mutating func take(_ login: Login) -> EasyHandle? {
        entries.lastIndex { $0.login == login }.map { entries.remove(at: $0).handle }
    }

    mutating func keep(_ handle: EasyHandle, for login: Login) {
        entries.append((login, handle))
        if entries.count > Self.most { entries.removeFirst() }
    }

    /// What requests have to have in common: libcurl's options that are not set anew for each are the same for them.
    struct Login: Equatable {
        let url: String
        let credentials: BasicCredentials
        let method: HTTPMethod
        let maxRedirects: Int
        let trust: TLSTrust?
    }
}

extension HTTPRequest {
    /// Nil for requests that do without Digest.
    var login: KeptLogins.Login? {
        guard authentication == .digest, let credentials, !body.allSatisfy(\.isEmpty) else { return nil }
        return KeptLogins.Login(
            url: url, credentials: credentials, method: method, maxRedirects: maxRedirects, trust: trust)
    }
}
