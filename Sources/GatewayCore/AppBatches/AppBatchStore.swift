package import FoundationEssentials

/// Batches of apps, until their recipients have become messages.
package protocol AppBatchStore: Sendable {
    /// Takes a batch.
    ///
    /// - Parameters:
    ///   - request: the request, in the API's own form; dropped when the batch has ended.
    ///   - notices: written in the same commit if it is made; the same holds for all changes below.
    ///   - answer: kept in the same commit; where its key has an answer already, that comes back and nothing is taken.
    ///   - limits: how many messages may wait, those of batches that are still to be sent among them.
    func insert(
        _ batch: AppBatch, request: [UInt8], notices: [Notice], keeping answer: KeptAnswer?, limits: QueueLimits
    ) async throws(StoreFailure) -> InsertResult
    func appBatch(_ id: AppBatch.ID, of project: String) async throws(StoreFailure) -> AppBatch?
    /// Newest first.
    func appBatches(
        of project: String, having key: AppBatch.Key, limit: Int
    ) async throws(StoreFailure) -> [AppBatch]
    /// Cancels the batches that are meant and whose time, a later one, has not come yet.
    ///
    /// - Parameters:
    ///   - limit: of one call; where as many were cancelled there may be more.
    ///   - notices: those of each batch that is cancelled, which it gets as it is then. It is asked in the commit.
    /// - Returns: how many were cancelled.
    func cancelAppBatches(
        _ selection: AppBatch.Selection, of project: String, limit: Int, now: Date,
        notices: @escaping @Sendable (AppBatch) -> [Notice]
    ) async throws(StoreFailure) -> Int
    /// Open batches whose time has come, apps in turns, and when the next one's comes.
    func dueAppBatches(limit: Int, now: Date) async throws(StoreFailure) -> (batches: [AppBatch], nextDue: Date?)
    /// The request of a batch; nil when it has ended.
    func request(of batch: AppBatch.ID) async throws(StoreFailure) -> [UInt8]?
    /// Takes the messages of the next recipients and counts them as processed, in one commit, as long as exactly the
    /// recipients before them have been.
    ///
    /// - Parameters:
    ///   - batch: as it was before, with the phase that it has afterwards.
    ///   - count: the recipients that are processed by this.
    /// - Returns: false where somebody else did it, or the batch is not open any more.
    func advance(
        _ batch: AppBatch, by count: Int, taking messages: [AppSend], notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool
    /// Removes batches that ended before a time; returns how many.
    func dropAppBatches(endedBefore: Date, limit: Int) async throws(StoreFailure) -> Int
}
