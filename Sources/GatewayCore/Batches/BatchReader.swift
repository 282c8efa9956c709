/// Batches as their customers read them.
package protocol BatchReader: Sendable {
    /// The batch, unless it does not exist or is another owner's.
    func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// The batch with its parameters as text, however long they are.
    func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch?
    /// The batch without its parameters, for callers that do not need them.
    func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// Newest first. Long parameters are left out: `storedBatch` has them.
    func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch>
}
