package import FoundationEssentials

/// Batches as their customers make and change them.
///
/// Whoever comes first wins where two change one batch: a change counts only for the revision that it was made of; the
/// other is refused as outdated.
package protocol BatchStore: Sendable {
    /// Takes a batch and all its messages, or nothing. The members of its groups are added when it begins: now, or when
    /// its media is asked for. Many of them are added in slices, and after the batch was taken: whatever ends the call
    /// then, the rest are added before the batch is sent.
    ///
    /// Messages that are final already cause their events as any other would.
    ///
    /// - Parameters:
    ///   - answer: kept in the same commit; where its key has an answer already, that comes back and nothing is taken.
    ///   - queueLimit: the most messages of all batches that may wait for an MMSC; nil for no limit. It is not exact: a
    ///     store that several processes share may count the others' messages as they were a second ago.
    func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult
    /// Puts a batch and its messages in the place of those with its id, as long as none of them has left, and as long
    /// as its groups have not become thousands of messages.
    ///
    /// - Parameter answer: kept in the same commit, if it is made; the same holds for all changes below.
    func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult
    /// Withdraws what has not left, and returns the batch as it is then; nil where there is none.
    ///
    /// A batch that has not begun leaves nothing to report on. The answer decides about a message on its way. A message
    /// that an MMSC has, now or by an answer that is still to come, is due to be taken back: see `claimCancellations`.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch?
    /// Records that the customer knows these messages to have arrived; without recipients, all messages of the batch.
    ///
    /// - Returns: how many of the recipients the batch does not have; if there are any, nothing was recorded.
    func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int
    /// Gives a batch another echo, as long as it has that revision. Nothing else changes, not even for messages on
    /// their way.
    func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> ReplaceResult
}

/// The result of taking a batch.
package enum InsertResult: Sendable, Equatable {
    case inserted
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
    /// So many messages wait that no more are taken.
    case queueFull
}

/// The result of changing a batch.
package enum ReplaceResult: Sendable, Equatable {
    case replaced
    /// A message of it has been handed over or is on its way, or none is left to change.
    case dispatched
    /// Somebody else changed it in between.
    case outdated
    case noSuchBatch
    case queueFull
}
