package import IPRanges

/// Who may post to us in an MMSC's name. What is absent is not checked.
package struct CallbackAccess: Sendable {
    package var login: MMSC.Login?
    /// Peer addresses; empty allows all.
    package var allowed: [IPRange]

    package init(login: MMSC.Login? = nil, allowed: [IPRange] = []) {
        self.login = login
        self.allowed = allowed
    }
}
