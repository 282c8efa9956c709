package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult {
        let columns = try WrittenBatch(batch)
        let (result, rest) = try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(
                columns, messages: messages, expansion: expansion, keeping: answer, queueLimit: queueLimit)
        }
        await addMembers(of: batch.id, revision: batch.revision, from: rest, by: expansion, now: batch.createdAt)
        return result
    }

    package func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        try await batchRow(id, of: owner)?.whole()
    }

    package func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch? {
        try await batchRow(id, of: owner)?.stored()
    }

    package func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        let row = try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.batchWithoutParameters(id)
        }
        return row?.owner == owner ? try row?.stored().batch : nil
    }

    private func batchRow(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> BatchRow? {
        let row = try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in try snapshot.batch(id) }
        return row?.owner == owner ? row : nil
    }

    package func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch> {
        let rows = try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.batches(of: owner, matching: filter, page: page)
        }
        var batches: [StoredBatch] = []
        for row in rows.elements { batches.append(try row.stored()) }
        return Paged(count: rows.count, elements: batches)
    }

    package func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult {
        let columns = try WrittenBatch(batch)
        let (result, rest) = try await writer.write { (transaction) throws(SQLError) in
            try transaction.replace(
                columns, messages: messages, expansion: expansion, keeping: answer, now: now, queueLimit: queueLimit)
        }
        await addMembers(of: batch.id, revision: batch.revision + 1, from: rest, by: expansion, now: now)
        return result
    }

    package func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch? {
        let (isKnown, rest) = try await writer.write { (transaction) throws(SQLError) in
            try transaction.cancel(id, of: owner, now: now)
        }
        try await parts.withdraw(id, after: rest, now: now)
        return isKnown ? try await storedBatch(id, of: owner) : nil
    }

    package func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> ReplaceResult {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.setEcho(echo, of: batch, revision: revision, of: owner, keeping: answer)
        }
    }
}
