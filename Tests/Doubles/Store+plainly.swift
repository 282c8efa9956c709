package import FoundationEssentials
package import GatewayCore

/// Calls of the store without what most tests have no use for: groups, kept answers, a bound on the queue.
extension Store {
    package func record(
        _ outcome: CancellationResult, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure) {
        try await record(outcome, because: nil, of: cancellation, now: now)
    }

    package func claimCancellations(
        at mmsc: String, limit: Int, now: Date, leaseUntil: Date
    ) async throws(StoreFailure) -> [Cancellation] {
        try await claimCancellations(CancellationRequest(mmsc: mmsc, limit: limit, now: now, leaseUntil: leaseUntil))
    }

    @discardableResult
    package func insert(_ batch: Batch, messages: [Message]) async throws(StoreFailure) -> InsertResult {
        try await insert(batch, messages: messages, expansion: .none, keeping: nil, queueLimit: nil)
    }

    @discardableResult
    package func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, now: Date, queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult {
        try await replace(
            batch, messages: messages, expansion: expansion, keeping: nil, now: now, queueLimit: queueLimit)
    }

    package func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], now: Date
    ) async throws(StoreFailure) -> Int {
        try await recordFeedback(on: batch, from: recipients, keeping: nil, now: now)
    }

    package func setTags(_ tags: [String], ofGroup id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Bool {
        try await setTags(tags, ofGroup: id, of: owner, keeping: nil)
    }

    package func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange, now: Date
    ) async throws(StoreFailure) -> GroupResult {
        try await self.change(id, of: owner, by: change, keeping: { _ in nil }, now: now)
    }

    package func recordMedia(_ media: StoredMedia?, for batch: Batch.ID, now: Date) async throws(StoreFailure) {
        try await recordMedia(media, number: 0, for: batch, revision: 0, expansion: .none, now: now)
    }

    /// An inbound message that nobody is told of and that repeats none.
    package func insert(_ inbound: Inbound) async throws(StoreFailure) {
        _ = try await receive(
            InboundDelivery(
                linkedID: nil, transactionID: "\(inbound.id)", copies: [.init(inbound, notifiesOwner: false)]),
            from: "north", now: inbound.receivedAt)
    }

    package func abandon(
        _ batch: Batch.ID, because failure: MessageState.Failure, reason: MediaReason? = nil, now: Date
    ) async throws(StoreFailure) {
        try await abandon(batch, revision: 0, because: failure, reason: reason, expansion: .none, now: now)
    }

    /// What is to be fetched where nothing is going on and permits are plenty.
    package func batchesWithoutMedia(
        limit: Int, now: Date, except: [Batch.ID]
    ) async throws(StoreFailure) -> [MediaTask] {
        let all = try await batchesWithoutMedia(
            MediaRequest(share: MediaShare(.mediaDownloads, capacity: 10_000), limit: 5000, now: now)
        ).tasks
        return Array(all.filter { !except.contains($0.batch) }.prefix(limit))
    }

    package func postponeMedia(of batch: Batch.ID, revision: Int, until: Date, now: Date) async throws(StoreFailure) {
        try await postponeMedia(
            of: batch, revision: revision, until: until, because: "busy", isTry: true, now: now)
    }
}

extension Expansion {
    /// No number has a route.
    package static var none: Expansion { Expansion(routes: Routes([]), ids: ULIDGenerator()) }
}
