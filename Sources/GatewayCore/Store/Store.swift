package import FoundationEssentials

/// Everything durable. A call that returns has been committed: it survives the end of the process and of the machine.
///
/// Services meet here and never in each other; each asks for what it needs, in the words of the domain.
package protocol Store: Sendable {
    // Batches

    /// Takes a batch and all its messages, or nothing. The members of its groups are added when it begins: now, or when
    /// its media is asked for. Many of them are added in slices, and after the batch was taken: whatever ends the call
    /// then, the rest are added before the batch is sent.
    ///
    /// Messages that are final already tell their events as any other would.
    ///
    /// - Parameters:
    ///   - answer: kept in the same commit; where its key has an answer already, that comes back and nothing is taken.
    ///   - queueLimit: messages that wait at an MMSC, of all batches, at most; nil for no limit.
    func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult
    /// The batch, unless it does not exist or is another owner's.
    func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// The same with its parameters as text, however long they are.
    func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch?
    /// The same for those who ask for no parameters: it has none.
    func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// Newest first. Long parameters are left out: `storedBatch` has them.
    func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch>
    /// Puts a batch and its messages in the place of those with its id, as long as none of them has left, and as long as
    /// its groups have not become thousands of messages.
    ///
    /// - Parameter answer: kept in the same commit, if it is made; so with all changes below.
    func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult
    /// Withdraws what has not left, and returns the batch as it is then; nil where there is none.
    ///
    /// Of a batch that has not begun nothing remains to report on. What is on its way is judged by its answer. What an MMSC
    /// has, now or by an answer that is still out, is due to be taken back: see `claimCancellations`.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch?
    /// The messages of a batch counted by state, MessageIDs aside; with the recipients in the order of the batch when
    /// they are wanted.
    ///
    /// - Parameter reader: the customer who asks, whose reads have their turn; nil for what the gateway itself needs.
    func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally]
    func message(to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?) async throws(StoreFailure) -> Message?
    /// Final messages, the newest first.
    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage>
    /// Notes that the customer knows these messages to have arrived; without recipients all of the batch.
    ///
    /// - Returns: how many of the recipients the batch does not have; then nothing was noted.
    func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int
    /// Sets the labels of a batch; false where there is no such batch.
    func setTags(
        _ tags: [String], of batch: Batch.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool

    /// The answer that a key got, if it is not older than its life.
    func keptAnswer(to key: String, of owner: Owner, now: Date) async throws(StoreFailure) -> KeptAnswer?
    /// Keeps an answer, unless the key has one.
    func keep(_ answer: KeptAnswer) async throws(StoreFailure)

    // Groups

    /// Those of the ids that are groups of the owner.
    func knownGroups(among ids: [Group.ID], of owner: Owner) async throws(StoreFailure) -> Set<Group.ID>
    func insert(
        _ group: Group, members: [MSISDN], keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> GroupResult
    func group(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Group?
    /// Newest first.
    func groups(of owner: Owner, page: Page) async throws(StoreFailure) -> Paged<Group>
    /// The group's own numbers in order; nil where there is no such group.
    func members(of group: Group.ID, of owner: Owner) async throws(StoreFailure) -> [MSISDN]?
    /// The numbers that the groups stand for at this moment, those of their children included, each once.
    func expand(_ groups: [Group.ID], of owner: Owner, limit: Int) async throws(StoreFailure) -> [MSISDN]
    /// Puts a group and its members in the place of the one with its id.
    func replace(_ group: Group, members: [MSISDN]) async throws(StoreFailure) -> GroupResult
    /// - Parameter answer: what is kept in the same commit, made of the group as it is then.
    func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange,
        keeping answer: @escaping @Sendable (Group) -> KeptAnswer?,
        now: Date
    ) async throws(StoreFailure) -> GroupResult
    /// False where there is no such group.
    func deleteGroup(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Bool
    /// Sets the labels of a group; false where there is no such group.
    func setTags(
        _ tags: [String], ofGroup id: Group.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool

    // Inbound messages

    /// Takes what a handset sent, with the events and the changes of groups that it causes, in one commit.
    ///
    /// A copy that came before in the last day is not taken again: one to the same number, from the same MMSC, under the
    /// same LinkedID and of the same fingerprint. A LinkedID that names a message of ours to the sender says what it
    /// answers and not what it is; then, and where there is none, the TransactionID is in its place.
    func receive(
        _ delivery: InboundDelivery, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> InboundResult
    /// Whether one more message of nobody's that names no recipient would be taken by that bound.
    func hasRoomOfNobody(upTo most: Int) async throws(StoreFailure) -> Bool
    /// Removes inbound messages that were received before that time; returns how many.
    func dropInbounds(receivedBefore: Date, limit: Int) async throws(StoreFailure) -> Int
    func inbound(_ id: Inbound.ID, of owner: Owner) async throws(StoreFailure) -> Inbound?
    /// Newest first.
    func inbounds(
        of owner: Owner, matching filter: InboundFilter, page: Page
    ) async throws(StoreFailure) -> Paged<Inbound>

    // Uploads

    /// Claims inbound messages whose media is to be uploaded. The customer with the fewest going on comes first, and of
    /// equals the message that has waited longest.
    ///
    /// A claim that is answered neither by `record` nor by `postponeUploads` before the lease ends is claimed again, and
    /// so is every claim at the start of a process. What is going on is not, whatever a clock that was set says.
    func claimUploads(_ request: UploadRequest, now: Date) async throws(StoreFailure) -> [UploadClaim]
    /// What is open of an inbound message's uploads is not claimed before that time, or the next start of a process: a
    /// pause that a start cuts short is not counted. Nothing happens to a message that is gone or whose uploads had ended.
    ///
    /// - Parameter media: what became of its files so far.
    func postponeUploads(
        of inbound: Inbound.ID, media: [Inbound.Medium], until: Date
    ) async throws(StoreFailure)
    /// When the next pause of an upload ends; nil when there is none.
    func nextUploadDue() async throws(StoreFailure) -> Date?
    /// All uploads of an inbound message ended so; it is told now, in the same commit. Nothing happens to a message that is
    /// gone or whose uploads had ended before.
    func record(_ media: [Inbound.Medium], of inbound: Inbound.ID, now: Date) async throws(StoreFailure)

    // Media

    /// Batches that have begun and whose media is not here yet: as many of each customer and server as fall to them, of
    /// each the longest waiting first. Asked for again they come again, those that are worked on excepted.
    func batchesWithoutMedia(_ request: MediaRequest) async throws(StoreFailure) -> MediaTasks
    /// The media of the batch is here, or it has none: the members of its groups are added, and its queued messages are
    /// due. Nothing happens to a batch that has another revision by now.
    func recordMedia(
        _ media: StoredMedia?, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure)
    /// The media could not be had this time; the batch is asked for again then.
    ///
    /// - Parameters:
    ///   - reason: kept for the operator, and for the customer should the batch expire before it has its media; nil where it
    ///     is nothing of the customer's: the one before stays.
    ///   - isTry: whether it was the server that failed, and not we.
    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) async throws(StoreFailure)
    /// The batch cannot be sent: every message of it that has not left is aborted, those to members of its groups too.
    /// Nothing happens to a batch that has another revision by now.
    ///
    /// - Parameter reason: kept with each message and told with it; without one, what came of the last try for the media.
    func abandon(
        _ batch: Batch.ID, revision: Int, because: MessageState.Failure, reason: MediaReason?, expansion: Expansion,
        now: Date
    ) async throws(StoreFailure)

    // Submission

    /// Claims messages that an MMSC may carry now and moves them to `submitting`. Customers take turns, and so do small
    /// and large batches of each; among equals the longest due comes first.
    ///
    /// A claim that is not answered by `record` before the lease ends is in doubt. See `endLeases`.
    func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims
    /// What became of a claim. Of a claim whose lease has ended only an acceptance or a refusal still counts. One that
    /// was released was no attempt: the next claim has its number.
    func record(_ outcome: Outcome, of claim: Claim, now: Date) async throws(StoreFailure)
    /// The batch of a claim with its media, if it has any; nil before that is here.
    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, StoredMedia?)?
    /// Claims whose lease is over become due again, in doubt; returns how many. At the start of a process every claim
    /// is over.
    ///
    /// - Parameter ongoing: messages the caller is still working on. Their claims stay, whatever a clock that jumped
    ///   says.
    func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int
    /// Ends messages whose time to be sent is over, the longest over first; returns how many.
    ///
    /// What is queued is aborted, what is in doubt becomes unknown, also at an MMSC that nobody asks for any more. What
    /// is claimed is left to its worker.
    func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int
    /// Ends pauses that began after now, of messages, CancelReqs, events and media: the clock was set back, and they would
    /// last longer by as much. Claims that began after now end as soon as one that is given out now would; those of SubmitReqs
    /// within half an hour.
    ///
    /// - Parameter limit: of each kind in one call.
    /// - Returns: how many were changed; there may be more as long as there are any.
    func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int
    /// Gives messages that wait for MMSCs which take nothing any more to those that routes now name. What an MMSC may
    /// have stays with it.
    ///
    /// - Parameters:
    ///   - place: where the last call left off; nil begins.
    ///   - isGone: whether an MMSC takes nothing any more.
    /// - Returns: where to go on; nil when all that waits has been looked at.
    func reroute(
        from place: WaitingPlace?, limit: Int, routes: Routes, isGone: @escaping @Sendable (String) -> Bool
    ) async throws(StoreFailure) -> WaitingPlace?
    /// Those that messages wait for which are due, now or later.
    func waitingCarriers() async throws(StoreFailure) -> [Carriers]
    /// How many messages are open at each MMSC. It counts them all: for a look now and then.
    func openMessages() async throws(StoreFailure) -> [OpenMessages]

    // Cancellation

    /// Claims what a customer withdrew after the MMSC had taken it: one claim for each MessageID. Customers take turns; of
    /// each the longest due comes first.
    ///
    /// A claim that is not answered by `record` before the lease ends is due again, and so is every claim at the start of a
    /// process. What is final is not claimed any more.
    func claimCancellations(_ request: CancellationRequest) async throws(StoreFailure) -> [Cancellation]
    /// What became of a CancelReq, for every message under its MessageID that is not final.
    ///
    /// - Parameter reason: kept with the try: the MMSC's or libcurl's words, where it was not taken back.
    func record(
        _ outcome: CancellationOutcome, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure)

    // Reports

    /// Applies a delivery report of an MMSC, in one commit with the events it causes.
    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult
    /// Messages without a final report since this time become unknown; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int

    // Webhooks

    /// Events that are due to be told: owners and receivers in turns, each of their events in the order of time. They are
    /// not given out again before the lease ends.
    ///
    /// One event of a message follows the other: while one is still to be told, those after it are not given out.
    func claimEvents(_ request: EventRequest, now: Date) async throws(StoreFailure) -> EventClaims
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure)

    // Operation

    /// Whether a commit can be made now.
    func check() async throws(StoreFailure)
}

/// Why the store did not do it. Nothing of the call was kept, unless the case says otherwise.
package enum StoreFailure: Error, Sendable, Equatable {
    /// It may work later: disk full, database locked, file system read-only. The text is SQLite's own.
    case unavailable(String)
    /// As `unavailable`, and nobody knows whether it was kept: the disk failed at the commit and at the next one.
    case uncertain(String)
    /// It will not work again without a change of ours: corrupt file, a rule of the schema broken.
    case broken(String)
    /// As many of the caller's reads are going on and wait as may; the store itself is well.
    case busy(String)
    /// The process is stopping.
    case closed
}

extension StoreFailure {
    /// Whether the same call may succeed later.
    package var mayPass: Bool {
        switch self {
        case .unavailable, .uncertain, .busy: true
        case .broken, .closed: false
        }
    }
}

extension Store {
    /// For what the gateway itself needs.
    package func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally] {
        try await tallies(of: batch, withRecipients: withRecipients, for: nil)
    }

    /// For what the gateway itself needs.
    package func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message? {
        try await message(to: recipient, in: batch, for: nil)
    }
}
