package import IPRanges

/// Who may post to us in an MMSC's name. What is absent is not checked.
package struct CallbackAccess: Sendable {
    package var login: MMSC.Login?
    /// How the login is shown.
    package var authentication = Authentication.basic
    /// Peer addresses; empty allows all.
    package var allowed: [IPRange]

    package enum Authentication: String, CaseIterable, Sendable {
        case basic
        /// By the hash of a challenge. (RFC 7616)
        case digest
    }

    package init(
        login: MMSC.Login? = nil, authentication: Authentication = .basic, allowed: [IPRange] = []
    ) {
        self.login = login
        self.authentication = authentication
        self.allowed = allowed
    }
}
