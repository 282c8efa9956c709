package import FoundationEssentials

/// Removes what has ended long ago.
///
/// What is open is never removed, whatever its age: a message without a final state, one that an MMSC is still to take
/// back, a call that is still to be made, a batch whose members are still to become messages. A batch stays, too, as long
/// as a list of an app has its message, or an answer to what it offers is looked for.
package protocol RetentionStore: Sendable {
    /// Removes some of what has ended before a time: those that come next after a cursor, in an order of the store's.
    ///
    /// It is one commit at most, which it shares with others and holds up for as long as the budget says, and a little
    /// longer. It removes at least one, where it finds one in its look; a look is bounded, and may find none though the
    /// next one does. A batch of many messages is removed in several commits: from the first on nobody can read it.
    ///
    /// - Parameter cursor: where the step before this one ended; nil for the beginning.
    func remove(
        _ kind: KeptKind, endedBefore: Date, after cursor: RemovalCursor?, within budget: Duration
    ) async throws(StoreFailure) -> RemovalStep
    /// Gives back to the file system what is free in the store beyond what the next days need again: a quarter of the
    /// store and 64 MiB stay. A store that cannot do it bit by bit does nothing.
    ///
    /// - Returns: a step that has removed bytes; there is more to give back where it has a cursor.
    func giveBackSpace(within budget: Duration) async throws(StoreFailure) -> RemovalStep
    /// What is kept, and since when; a few looks that do not grow with it.
    func keptSpan() async throws(StoreFailure) -> KeptSpan
}

/// How far a removal has come.
package struct RemovalCursor: Sendable, Equatable {
    /// In the words of the store.
    package let text: String

    package init(_ text: String) { self.text = text }
}

/// What one step of a removal did.
package struct RemovalStep: Sendable, Equatable {
    /// How many of the kind are gone, and of batches how many messages.
    package var removed = 0
    package var messages = 0
    /// Where to go on; nil at the end.
    package var next: RemovalCursor?
    /// How long other commits waited for the work of this one, and for its share of the disk's.
    package var work = Duration.zero
    package var commit = Duration.zero

    package init() {}
}

/// What is kept at a moment, by kind.
package struct KeptSpan: Sendable, Equatable {
    /// When the oldest batch was made; nil for none.
    package var oldestBatch: Date?
    /// When the oldest event happened.
    package var oldestEvent: Date?
    /// The most batches and events that there can be: those between the oldest and the newest.
    package var batches = 0
    package var events = 0
    /// The size of the store in bytes, with what is free in it, and of what is free.
    package var bytes = 0
    package var freeBytes = 0

    package init() {}
}
