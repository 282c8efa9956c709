package import FoundationEssentials

/// Batches and what became of their messages, as their customers ask for them.
package protocol BatchStore: Sendable {
    /// Takes a batch and all its messages, or nothing. The members of its groups are added when it begins: now, or when
    /// its media is asked for. Many of them are added in slices, and after the batch was taken: whatever ends the call
    /// then, the rest are added before the batch is sent.
    ///
    /// Messages that are final already tell their events as any other would.
    ///
    /// - Parameters:
    ///   - answer: kept in the same commit; where its key has an answer already, that comes back and nothing is taken.
    ///   - queueLimit: messages that wait at an MMSC, of all batches, at most; nil for no limit.
    func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult
    /// The batch, unless it does not exist or is another owner's.
    func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// The same with its parameters as text, however long they are.
    func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch?
    /// The same for those who ask for no parameters: it has none.
    func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// Newest first. Long parameters are left out: `storedBatch` has them.
    func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch>
    /// Puts a batch and its messages in the place of those with its id, as long as none of them has left, and as long
    /// as its groups have not become thousands of messages.
    ///
    /// - Parameter answer: kept in the same commit, if it is made; so with all changes below.
    func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult
    /// Withdraws what has not left, and returns the batch as it is then; nil where there is none.
    ///
    /// A batch that has not begun leaves nothing to report on. What is on its way is judged by its answer. What an MMSC
    /// has, now or by an answer that is still out, is due to be taken back: see `claimCancellations`.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch?
    /// The messages of a batch counted by state, MessageIDs aside; with the recipients in the order of the batch when
    /// they are wanted.
    ///
    /// - Parameter reader: the customer who asks, whose reads have their turn; nil for what the gateway itself needs.
    func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally]
    func message(to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?) async throws(StoreFailure) -> Message?
    /// Final messages, the newest first.
    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage>
    /// Notes that the customer knows these messages to have arrived; without recipients all of the batch.
    ///
    /// - Returns: how many of the recipients the batch does not have; then nothing was noted.
    func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int
    /// Gives a batch another echo, as long as it has that revision. Nothing else changes, also not for what is on its
    /// way.
    func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> ReplaceResult
}

extension BatchStore {
    /// For what the gateway itself needs.
    package func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally] {
        try await tallies(of: batch, withRecipients: withRecipients, for: nil)
    }

    /// For what the gateway itself needs.
    package func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message? {
        try await message(to: recipient, in: batch, for: nil)
    }
}

/// What came of taking a batch.
package enum InsertResult: Sendable, Equatable {
    case inserted
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
    /// So many messages wait that no more are taken.
    case queueFull
}

/// What came of changing a batch.
package enum ReplaceResult: Sendable, Equatable {
    case replaced
    /// A message of it has been handed over or is on its way, or none is left to change.
    case dispatched
    /// Somebody else changed it in between.
    case outdated
    case noSuchBatch
    case queueFull
}
