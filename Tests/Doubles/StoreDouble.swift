package import FoundationEssentials
package import GatewayCore

/// A store of which a test writes only what it needs: every other call finds it closed.
package protocol StoreDouble: Store {}

extension StoreDouble {
    package func insert(_ batch: Batch, messages: [Message]) async throws(StoreFailure) { throw .closed }

    package func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? { throw .closed }

    package func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally] {
        throw .closed
    }

    package func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message? {
        throw .closed
    }

    package func batchesWithoutMedia(
        limit: Int, now: Date, except: [Batch.ID]
    ) async throws(StoreFailure) -> [MediaTask] {
        throw .closed
    }

    package func recordMedia(_ media: StoredMedia, for batch: Batch.ID, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func postponeMedia(of batch: Batch.ID, until: Date) async throws(StoreFailure) { throw .closed }

    package func abandon(_ batch: Batch.ID, because: MessageState.Failure, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func claimDue(
        at mmsc: String, limit: Int, now: Date, leaseUntil: Date
    ) async throws(StoreFailure) -> [Claim] {
        throw .closed
    }

    package func record(_ outcome: Outcome, of claim: Claim, now: Date) async throws(StoreFailure) { throw .closed }

    package func nextDue(at mmsc: String) async throws(StoreFailure) -> Date? { throw .closed }

    package func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, StoredMedia)? { throw .closed }

    package func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        throw .closed
    }

    package func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int { throw .closed }

    package func apply(
        _ report: DeliveryReport, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> ReportResult {
        throw .closed
    }

    package func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int {
        throw .closed
    }

    package func claimEvents(limit: Int, now: Date, leaseUntil: Date) async throws(StoreFailure) -> [EventClaim] {
        throw .closed
    }

    package func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func nextEventDue() async throws(StoreFailure) -> Date? { throw .closed }

    package func check() async throws(StoreFailure) { throw .closed }
}
