import Foundation
import GatewayCore

/// As much of a store as this API needs; what the services need is closed.
actor MemoryStore: Store {
    private var batches: [Batch.ID: Batch] = [:]
    private(set) var messages: [Batch.ID: [Message]] = [:]
    /// Thrown by every call when set.
    private var failure: StoreFailure?

    var batchCount: Int { batches.count }

    func fail(with failure: StoreFailure?) {
        self.failure = failure
    }

    func insert(_ batch: Batch, messages: [Message]) throws(StoreFailure) {
        if let failure { throw failure }
        batches[batch.id] = batch
        self.messages[batch.id] = messages
    }

    func batch(_ id: Batch.ID, of owner: Owner) throws(StoreFailure) -> Batch? {
        if let failure { throw failure }
        return batches[id].flatMap { $0.owner == owner ? $0 : nil }
    }

    func tallies(of batch: Batch.ID, withRecipients: Bool) throws(StoreFailure) -> [Tally] {
        if let failure { throw failure }
        // MessageIDs aside, as the protocol says.
        let groups = Dictionary(grouping: messages[batch] ?? []) { message in
            if case .submitted = message.state { MessageState.submitted(messageID: "") } else { message.state }
        }
        return groups.map { state, messages in
            Tally(state: state, count: messages.count, recipients: withRecipients ? messages.map(\.recipient) : [])
        }
    }

    func message(to recipient: MSISDN, in batch: Batch.ID) throws(StoreFailure) -> Message? {
        if let failure { throw failure }
        return messages[batch]?.first { $0.recipient == recipient }
    }

    func check() throws(StoreFailure) {
        if let failure { throw failure }
    }

    func batchesWithoutMedia(limit: Int, now: Date, except: [Batch.ID]) throws(StoreFailure) -> [MediaTask] {
        throw .closed
    }

    func recordMedia(_ media: StoredMedia, for batch: Batch.ID, now: Date) throws(StoreFailure) { throw .closed }

    func postponeMedia(of batch: Batch.ID, until: Date) throws(StoreFailure) { throw .closed }

    func abandon(_ batch: Batch.ID, because: MessageState.Failure, now: Date) throws(StoreFailure) { throw .closed }

    func claimDue(at mmsc: String, limit: Int, now: Date, leaseUntil: Date) throws(StoreFailure) -> [Claim] {
        throw .closed
    }

    func record(_ outcome: Outcome, of claim: Claim, now: Date) throws(StoreFailure) { throw .closed }

    func nextDue(at mmsc: String) throws(StoreFailure) -> Date? { throw .closed }

    func content(of batch: Batch.ID) throws(StoreFailure) -> (Batch, StoredMedia)? { throw .closed }

    func endLeases(except ongoing: Set<Message.ID>, now: Date) throws(StoreFailure) -> Int { throw .closed }
    func expire(limit: Int, now: Date) throws(StoreFailure) -> Int { throw .closed }

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) throws(StoreFailure) -> ReportResult {
        throw .closed
    }

    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(StoreFailure) -> Int { throw .closed }

    func claimEvents(limit: Int, now: Date, leaseUntil: Date) throws(StoreFailure) -> [EventClaim] { throw .closed }

    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) throws(StoreFailure) { throw .closed }

    func nextEventDue() throws(StoreFailure) -> Date? { throw .closed }
}
