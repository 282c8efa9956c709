/// The addressees of a message in their three groups. (TS 23.140, recipientsType)
public struct Recipients: Sendable, Equatable {
    public var to: [Address]
    public var cc: [Address]
    public var bcc: [Address]

    public init(to: [Address] = [], cc: [Address] = [], bcc: [Address] = []) {
        self.to = to
        self.cc = cc
        self.bcc = bcc
    }

    /// All addresses, groups in the order To, Cc, Bcc.
    public var all: [Address] { to + cc + bcc }

    /// Those who get a copy: all but the display-only ones.
    public var deliverable: [Address] { all.filter { !$0.isDisplayOnly } }

    public var isEmpty: Bool { to.isEmpty && cc.isEmpty && bcc.isEmpty }
}
