package import IPRanges

/// Who may post to us in an MMSC's name. What is absent is not checked.
package struct CallbackAccess: Sendable {
    package var login: MMSC.Login?
    /// How the login is shown.
    package var authentication = MMSC.Authentication.basic
    /// Peer addresses; empty allows all.
    package var allowed: [IPRange]

    package init(
        login: MMSC.Login? = nil, authentication: MMSC.Authentication = .basic, allowed: [IPRange] = []
    ) {
        self.login = login
        self.authentication = authentication
        self.allowed = allowed
    }
}
