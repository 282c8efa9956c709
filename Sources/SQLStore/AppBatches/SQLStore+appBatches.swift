package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLStore {
    package func insert(
        _ batch: AppBatch, request: [UInt8], notices: [Notice], keeping answer: KeptAnswer?, limits: QueueLimits
    ) async throws(StoreFailure) -> InsertResult {
        let columns = try WrittenAppBatch(batch)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(columns, request: request, notices: notices, keeping: answer, limits: limits)
        }
    }

    package func appBatch(_ id: AppBatch.ID, of project: String) async throws(StoreFailure) -> AppBatch? {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.appBatch(id, of: project)
        }
    }

    package func appBatches(
        of project: String, having key: AppBatch.Key, limit: Int
    ) async throws(StoreFailure) -> [AppBatch] {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.appBatches(of: project, having: key, limit: limit)
        }
    }

    package func cancelAppBatches(
        _ selection: AppBatch.Selection, of project: String, limit: Int, now: Date,
        notices: @escaping @Sendable (AppBatch) -> [Notice]
    ) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.cancelAppBatches(selection, of: project, limit: limit, now: now, notices: notices)
        }
    }

    package func dueAppBatches(
        limit: Int, now: Date
    ) async throws(StoreFailure) -> (batches: [AppBatch], nextDue: Date?) {
        let last = parts.lastBatchApp.withLock(\.self)
        let due = try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.dueAppBatches(limit: limit, now: now, after: last)
        }
        parts.lastBatchApp.withLock { $0 = due.last }
        return (due.batches, due.nextDue)
    }

    package func request(of batch: AppBatch.ID) async throws(StoreFailure) -> [UInt8]? {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.first(AppBatchQuery.request, [":batch": .id(batch)]) { row in row.next().octets() }
        }
    }

    package func advance(
        _ batch: AppBatch, by count: Int, taking messages: [AppSend], notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool {
        let messages = try WrittenSend.all(messages)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.advance(batch, by: count, taking: messages, notices: notices, now: now)
        }
    }

    package func dropAppBatches(endedBefore: Date, limit: Int) async throws(StoreFailure) -> Int {
        guard parts.keepsHouse else { return 0 }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.run(
                AppBatchQuery.drop, [":before": .time(endedBefore), ":limit": .integer(max(limit, 0))])
        }
    }
}
