import Foundation
import GatewayCore
import Synchronization

/// A store that fails when so many slices of batches have been taken.
final class FailingAdvances: Sendable {
    private let left: Mutex<Int>
    /// Whether what was asked for is not there any more.
    private let losesRequests: Bool

    init(after count: Int = .max, losesRequests: Bool = false) {
        left = Mutex(count)
        self.losesRequests = losesRequests
    }

    func store(over store: any AppBatchStore) -> any AppBatchStore { Store(inner: store, failures: self) }

    private func count() throws(StoreFailure) {
        let isLeft = left.withLock { left in
            left -= 1
            return left >= 0
        }
        if !isLeft { throw .unavailable("the disk is full") }
    }

    private struct Store: AppBatchStore {
        let inner: any AppBatchStore
        let failures: FailingAdvances

        func advance(
            _ batch: AppBatch, by count: Int, taking messages: [AppSend], notices: [Notice], now: Date
        ) async throws(StoreFailure) -> Bool {
            try failures.count()
            return try await inner.advance(batch, by: count, taking: messages, notices: notices, now: now)
        }

        func insert(
            _ batch: AppBatch, request: [UInt8], notices: [Notice], keeping answer: KeptAnswer?, limits: QueueLimits
        ) async throws(StoreFailure) -> InsertResult {
            try await inner.insert(batch, request: request, notices: notices, keeping: answer, limits: limits)
        }

        func appBatch(_ id: AppBatch.ID, of project: String) async throws(StoreFailure) -> AppBatch? {
            try await inner.appBatch(id, of: project)
        }

        func appBatches(
            of project: String, having key: AppBatch.Key, limit: Int
        ) async throws(StoreFailure) -> [AppBatch] {
            try await inner.appBatches(of: project, having: key, limit: limit)
        }

        func cancelAppBatches(
            _ selection: AppBatch.Selection, of project: String, limit: Int, now: Date,
            notices: @escaping @Sendable (AppBatch) -> [Notice]
        ) async throws(StoreFailure) -> Int {
            try await inner.cancelAppBatches(selection, of: project, limit: limit, now: now, notices: notices)
        }

        func dueAppBatches(
            limit: Int, now: Date
        ) async throws(StoreFailure) -> (batches: [AppBatch], nextDue: Date?) {
            try await inner.dueAppBatches(limit: limit, now: now)
        }

        func request(of batch: AppBatch.ID) async throws(StoreFailure) -> [UInt8]? {
            failures.losesRequests ? nil : try await inner.request(of: batch)
        }

        func dropAppBatches(endedBefore: Date, limit: Int) async throws(StoreFailure) -> Int {
            try await inner.dropAppBatches(endedBefore: endedBefore, limit: limit)
        }
    }
}
