package import FoundationEssentials
package import GatewayCore

/// A store of which a test writes only what it needs: every other call finds it closed.
package protocol StoreDouble: Store {}

extension StoreDouble {
    package func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult { throw .closed }

    package func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? { throw .closed }

    package func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch? {
        throw .closed
    }

    package func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        throw .closed
    }

    package func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch> { throw .closed }

    package func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult { throw .closed }

    package func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch? {
        throw .closed
    }

    package func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally] { throw .closed }

    package func message(
        to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?
    ) async throws(StoreFailure) -> Message? { throw .closed }

    package func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage> { throw .closed }

    package func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int { throw .closed }

    package func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> ReplaceResult { throw .closed }

    package func keptAnswer(to key: String, of owner: Owner, now: Date) async throws(StoreFailure) -> KeptAnswer? {
        throw .closed
    }

    package func keep(_ answer: KeptAnswer) async throws(StoreFailure) { throw .closed }

    package func knownGroups(among ids: [Group.ID], of owner: Owner) async throws(StoreFailure) -> Set<Group.ID> {
        throw .closed
    }

    package func insert(
        _ group: Group, members: [MSISDN], keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> GroupResult { throw .closed }

    package func group(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Group? { throw .closed }

    package func groups(of owner: Owner, page: Page) async throws(StoreFailure) -> Paged<Group> { throw .closed }

    package func members(of group: Group.ID, of owner: Owner) async throws(StoreFailure) -> [MSISDN]? { throw .closed }

    package func expand(_ groups: [Group.ID], of owner: Owner, limit: Int) async throws(StoreFailure) -> [MSISDN] {
        throw .closed
    }

    package func replace(_ group: Group, members: [MSISDN]) async throws(StoreFailure) -> GroupResult { throw .closed }

    package func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange,
        keeping answer: @escaping @Sendable (Group) -> KeptAnswer?,
        now: Date
    ) async throws(StoreFailure) -> GroupResult { throw .closed }

    package func deleteGroup(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Bool { throw .closed }

    package func setTags(
        _ tags: [String], ofGroup id: Group.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool { throw .closed }

    package func receive(
        _ delivery: InboundDelivery, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> InboundResult { throw .closed }

    package func hasRoomOfNobody(upTo most: Int) async throws(StoreFailure) -> Bool { throw .closed }

    package func dropInbounds(receivedBefore: Date, limit: Int) async throws(StoreFailure) -> Int { throw .closed }

    package func inbound(_ id: Inbound.ID, of owner: Owner) async throws(StoreFailure) -> Inbound? { throw .closed }

    package func inbounds(
        of owner: Owner, matching filter: InboundFilter, page: Page
    ) async throws(StoreFailure) -> Paged<Inbound> { throw .closed }

    package func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim] {
        throw .closed
    }

    package func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure) { throw .closed }

    package func nextUploadDue() async throws(StoreFailure) -> Date? { throw .closed }

    package func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func batchesWithoutMedia(_ request: MediaRequest) async throws(StoreFailure) -> MediaTasks {
        throw .closed
    }

    package func recordMedia(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure) { throw .closed }

    package func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) async throws(StoreFailure) { throw .closed }

    package func abandon(
        _ batch: Batch.ID, revision: Int, because: MessageState.Failure, reason: MediaReason?, expansion: Expansion,
        now: Date
    ) async throws(StoreFailure) { throw .closed }

    package func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims { throw .closed }

    package func record(_ outcome: SubmissionResult, of claim: Claim, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])? { throw .closed }

    package func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        throw .closed
    }

    package func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int { throw .closed }

    package func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int { throw .closed }

    package func reroute(
        from place: WaitingCursor?, limit: Int, routes: Routes, isGone: @escaping @Sendable (String) -> Bool
    ) async throws(StoreFailure) -> WaitingCursor? { throw .closed }

    package func waitingCarriers() async throws(StoreFailure) -> [Carriers] { throw .closed }

    package func openMessages() async throws(StoreFailure) -> [OpenMessages] { throw .closed }

    package func claimCancellations(
        _ request: CancellationRequest
    ) async throws(StoreFailure) -> [Cancellation] { throw .closed }

    package func record(
        _ outcome: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure) { throw .closed }

    package func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure)
        -> ReportResult
    { throw .closed }

    package func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int {
        throw .closed
    }

    package func claimCalls(_ request: CallRequest, now: Date) async throws(StoreFailure) -> CallClaims {
        throw .closed
    }

    package func record(_ result: CallResult, of call: Call.ID, now: Date) async throws(StoreFailure) {
        throw .closed
    }

    package func check() async throws(StoreFailure) { throw .closed }
}
