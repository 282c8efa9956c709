package import FoundationEssentials

/// Everything durable. A call that returns has been committed: it survives the end of the process and of the machine.
///
/// Services meet here and never in each other; each asks for what it needs, in the words of the domain.
package protocol Store: Sendable {
    // Customers

    /// Takes a batch and all its messages, or nothing.
    ///
    /// Messages that are final already tell their events as any other would.
    func insert(_ batch: Batch, messages: [Message]) async throws(StoreFailure)
    /// The batch, unless it does not exist or is another owner's.
    func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch?
    /// The messages of a batch counted by state, MessageIDs aside; with the recipients in the order of the batch when
    /// they are wanted.
    func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally]
    func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message?

    // Media

    /// Batches that have begun and whose media is not here yet, the longest waiting first. Asked for again they come
    /// again: the caller leaves out those it is working on.
    func batchesWithoutMedia(limit: Int, now: Date, except: [Batch.ID]) async throws(StoreFailure) -> [MediaTask]
    /// The media of the batch is here: its queued messages are due.
    func recordMedia(_ media: StoredMedia, for batch: Batch.ID, now: Date) async throws(StoreFailure)
    /// The media could not be had this time; the batch is asked for again then.
    func postponeMedia(of batch: Batch.ID, until: Date) async throws(StoreFailure)
    /// The batch cannot be sent: every message of it that has not left is aborted.
    func abandon(_ batch: Batch.ID, because: MessageState.Failure, now: Date) async throws(StoreFailure)

    // Submission

    /// Claims messages that are due at an MMSC, the longest due first, and moves them to `submitting`.
    ///
    /// A claim that is not answered by `record` before the lease ends is in doubt. See `endLeases`.
    func claimDue(at mmsc: String, limit: Int, now: Date, leaseUntil: Date) async throws(StoreFailure) -> [Claim]
    /// What became of a claim. Of a claim whose lease has ended only an acceptance or a refusal still counts. One that
    /// was released was no attempt: the next claim has its number.
    func record(_ outcome: Outcome, of claim: Claim, now: Date) async throws(StoreFailure)
    /// When the next message is due at the MMSC; nil when none waits.
    func nextDue(at mmsc: String) async throws(StoreFailure) -> Date?
    /// The batch of a claim with its media.
    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, StoredMedia)?
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

    // Reports

    /// Applies a delivery report of an MMSC, in one commit with the events it causes.
    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult
    /// Messages without a final report since this time become unknown; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int

    // Webhooks

    /// Events that are due to be told, the longest due first; they are not given out again before the lease ends.
    func claimEvents(limit: Int, now: Date, leaseUntil: Date) async throws(StoreFailure) -> [EventClaim]
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure)
    func nextEventDue() async throws(StoreFailure) -> Date?

    // Operation

    /// Whether a commit can be made now.
    func check() async throws(StoreFailure)
}

/// Why the store did not do it. Nothing of the call was kept.
package enum StoreFailure: Error, Sendable, Equatable {
    /// It may work later: disk full, database locked, file system read-only. The text is SQLite's own.
    case unavailable(String)
    /// It will not work again without a change of ours: corrupt file, a rule of the schema broken.
    case broken(String)
    /// The process is stopping.
    case closed
}
