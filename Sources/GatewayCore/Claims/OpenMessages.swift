package import FoundationEssentials

/// Messages without a final state, counted.
package struct OpenMessages: Sendable, Equatable {
    /// Who may carry what waits, or who has it.
    package let carriers: Carriers
    /// The state, without its MessageID.
    package let state: MessageState
    package let count: Int
    /// Since when the oldest of those that wait is due; nil where none of them has a time yet.
    package let oldestDue: Date?

    package init(carriers: Carriers, state: MessageState, count: Int, oldestDue: Date? = nil) {
        self.oldestDue = oldestDue
        self.carriers = carriers
        self.state = state
        self.count = count
    }
}

/// A position among the waiting messages, in the order in which they expire.
package struct WaitingCursor: Sendable, Equatable {
    package let expireAt: Date
    package let message: Message.ID

    package init(expireAt: Date, message: Message.ID) {
        self.expireAt = expireAt
        self.message = message
    }
}
