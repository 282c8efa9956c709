import FoundationEssentials
import GatewayCore

/// A store that takes reports only, and says what it was told to say.
actor ReportStore: Store {
    private(set) var reports: [DeliveryReport] = []
    private(set) var mmscs: [String] = []
    private let result: Result<ReportResult, StoreFailure>
    /// Awaited before a report is kept, so that a test can look at the moment before the commit.
    private let beforeCommit: @Sendable () async -> Void

    init(
        _ result: Result<ReportResult, StoreFailure> = .success(.held),
        beforeCommit: @escaping @Sendable () async -> Void = {}
    ) {
        self.result = result
        self.beforeCommit = beforeCommit
    }

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult {
        await beforeCommit()
        let result = try result.get()
        reports.append(report)
        mmscs.append(mmsc)
        return result
    }

    func insert(_ batch: Batch, messages: [Message]) throws(StoreFailure) { throw .closed }
    func batch(_ id: Batch.ID, of owner: Owner) throws(StoreFailure) -> Batch? { throw .closed }
    func tallies(of batch: Batch.ID, withRecipients: Bool) throws(StoreFailure) -> [Tally] { throw .closed }
    func message(to recipient: MSISDN, in batch: Batch.ID) throws(StoreFailure) -> Message? { throw .closed }
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
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(StoreFailure) -> Int { throw .closed }
    func claimEvents(limit: Int, now: Date, leaseUntil: Date) throws(StoreFailure) -> [EventClaim] { throw .closed }
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) throws(StoreFailure) { throw .closed }
    func nextEventDue() throws(StoreFailure) -> Date? { throw .closed }
    func check() throws(StoreFailure) { throw .closed }
}
