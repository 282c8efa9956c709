/// What one event makes of all messages of a set that wait and are not claimed: a store changes them together.
package struct WaitingChange: Sendable, Equatable {
    /// The state of those that were queued and have not left.
    package let queued: MessageState
    /// The state of those that were in doubt, which an MMSC may have.
    package let inDoubt: MessageState

    /// - Throws: `.broken` for an event that does not happen to messages that wait.
    package init(_ event: MessageEvent) throws(StoreFailure) {
        queued = try MessageState.queued.after(event)
        inDoubt = try MessageState.inDoubt.after(event)
    }
}

extension MessageState {
    /// The state after an event that is always possible here.
    ///
    /// - Throws: `.broken` where it does not: a mistake of the program, which must not look like a message that needs
    ///   no change.
    package func after(_ event: MessageEvent) throws(StoreFailure) -> MessageState {
        guard let next = applying(event) else { throw .impossible(event, in: self) }
        return next
    }
}

extension StoreFailure {
    /// A transition that the life of a message does not have.
    package static func impossible(_ event: MessageEvent, in state: MessageState) -> StoreFailure {
        .broken("a message cannot be \(event.name) when it is \(state.name)")
    }
}
