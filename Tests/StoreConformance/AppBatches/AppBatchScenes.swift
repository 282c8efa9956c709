import Doubles
import Foundation
import GatewayCore
import Testing

extension Scene {
    /// A batch of an app that is not kept yet.
    func appBatch(
        of owner: Owner = .app, recipients: Int = 2, at second: Int = 0, after delay: Int? = nil,
        keys: [AppBatch.Key] = []
    ) -> AppBatch {
        let created = Date.start + .seconds(second)
        return AppBatch(
            id: id(), owner: owner, createdAt: created, sendAfter: created + .seconds(delay ?? 0),
            isLater: delay != nil, recipientCount: recipients, phase: delay == nil ? .ready : .scheduled,
            metadata: "{}", keys: keys)
    }

    func insert(_ batch: AppBatch, limits: QueueLimits = QueueLimits()) async throws -> InsertResult {
        try await store.insert(batch, request: Array("asked".utf8), notices: [], keeping: nil, limits: limits)
    }

    /// Keeps new batches.
    func keep(_ batches: AppBatch...) async throws {
        for batch in batches { try #require(try await insert(batch) == .inserted) }
    }

    /// The batch as it is kept.
    func kept(_ batch: AppBatch) async throws -> AppBatch? { try await store.appBatch(batch.id, of: "p1") }

    func due(limit: Int = 9, now: Date = .start) async throws -> [AppBatch.ID] {
        try await store.dueAppBatches(limit: limit, now: now).batches.map(\.id)
    }

    func cancel(
        _ selection: AppBatch.Selection, of project: String = "p1", limit: Int = 9, now: Date = .start
    ) async throws -> Int {
        try await store.cancelAppBatches(selection, of: project, limit: limit, now: now) { batch in
            [.called("BATCH_STATUS_UPDATE \(batch.phase)")]
        }
    }

    /// A message of the app to one recipient.
    func recipientSend(to number: String = "12025550101", of owner: Owner = .app) throws -> AppSend {
        let (batch, messages) = try submittal(to: [number], of: owner, interest: .final).accepted(
            now: .start, expansion: expansion)
        return AppSend(batch, messages[0], entry: nil)
    }

    /// Counts some recipients as processed, each of which becomes a message.
    func advance(
        _ batch: AppBatch, by count: Int, becoming phase: AppBatch.Phase = .ready, notices: [Notice] = []
    ) async throws -> Bool {
        var next = batch
        next.phase = phase
        let sends = try (0..<count).map { try recipientSend(to: "1202555010\($0)", of: batch.owner) }
        return try await store.advance(next, by: count, taking: sends, notices: notices, now: .start)
    }
}
