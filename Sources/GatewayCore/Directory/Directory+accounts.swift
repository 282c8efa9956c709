extension Directory {
    /// An MMSC as an owner's messages are sent to it. An app that was made through the API is known there by the account
    /// that came with it, unless the MMSC has an account of the same id.
    ///
    /// - Throws: `UnknownApp` where the owner is an app that is gone: nobody knows by what account it would be sent.
    package func mmsc(_ mmsc: MMSC, for owner: Owner?) throws(UnknownApp) -> MMSC {
        guard case .app(let id, let project)? = owner else { return mmsc }
        guard let app = projects[project]?.app(id) else { throw UnknownApp() }
        guard let account = app.ownAccount, account.id != mmsc.account else { return mmsc }
        var mmsc = mmsc
        mmsc.account = account.id
        mmsc.vaspID = account.vaspID.reveal()
        mmsc.login = account.login
        mmsc.hasAccountOfApp = true
        return mmsc
    }
}

/// An app that has something to send is not there any more.
package struct UnknownApp: Error, CustomStringConvertible {
    package let description = "the app that sends it is not there any more"
}
