package import FoundationEssentials

/// Batches that wait for their media.
package protocol MediaQueue: Sendable {
    /// Batches that have begun and whose media is not here yet: as many of each customer and server as their share
    /// allows, the longest waiting first. The next call returns them again, except those that the caller works on.
    ///
    /// They are not claimed: whoever fetches a medium a second time brings the same to the same place, and the second
    /// is ignored. A store that several processes share may give a batch to one of them at a time.
    func batchesWithoutMedia(_ request: MediaRequest) async throws(StoreFailure) -> MediaTasks
    /// The medium of that number is here, or the batch needs none. Where more are to come the batch is asked for again
    /// at once; after the last the members of its groups are added, and its queued messages are due. Nothing happens to
    /// a batch that has another revision by now.
    func recordMedia(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure)
    /// The media could not be had this time; the batch is asked for again then.
    ///
    /// - Parameters:
    ///   - reason: kept for the operator, and for the customer should the batch expire before it has its media; nil
    ///     where the customer is not the cause: the reason before stays.
    ///   - isTry: whether it was the server that failed, and not we.
    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) async throws(StoreFailure)
    /// The batch cannot be sent: every message of it that has not left is aborted, those to members of its groups too.
    /// Nothing happens to a batch that has another revision by now.
    ///
    /// - Parameter reason: kept with each message and shown with it; without one, what came of the last try for the
    /// media.
    func abandon(
        _ batch: Batch.ID, revision: Int, because: MessageState.Failure, reason: MediaReason?, expansion: Expansion,
        now: Date
    ) async throws(StoreFailure)
}

/// Knows which stored media is still needed, so that what is not may be removed.
package protocol MediaNeeds: Sendable {
    /// Those of the hashes that something open needs: a batch that is not over, or of which somebody is still to be
    /// notified.
    func needed(among hashes: [String]) async throws(StoreFailure) -> Set<String>
}
