package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func needed(among hashes: [String]) async throws(StoreFailure) -> Set<String> {
        let list = JSONColumn.plainList(hashes)
        let needed = try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.rows(MediaQuery.needed, [":hashes": .text(list)]) { (row) throws(SQLError) in
                try row.text()
            }
        }
        return Set(needed)
    }
}

extension SQLStore {
    package func batchesWithoutMedia(_ request: MediaRequest) async throws(StoreFailure) -> MediaTasks {
        let portion = parts.replicas?.portion ?? .all
        return try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.batchesWithoutMedia(request, in: portion)
        }
    }

    package func recordMedia(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        try await writer.inSteps(from: PreparationCursor.beginning) { (transaction, cursor) throws(SQLError) in
            try transaction.record(
                media, number: number, for: batch, revision: revision, expansion: expansion, from: cursor, now: now)
        }
    }

    package func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.postponeMedia(
                of: batch, revision: revision, until: until, because: reason, isTry: isTry, now: now)
        }
    }

    package func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: MediaReason?,
        expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        try await writer.inSteps(from: PreparationCursor.beginning) { (transaction, cursor) throws(SQLError) in
            try transaction.abandon(
                batch, revision: revision, because: failure, reason: reason, expansion: expansion, from: cursor,
                now: now
            )
        }
    }

    package func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])? {
        let content = try await readers.read { (snapshot) throws(SQLError) in try snapshot.content(of: batch) }
        guard let (row, media) = content else { return nil }
        let batch = try row.whole()
        return media.count == batch.order.content.media.count ? (batch, media) : nil
    }
}
