package import FoundationEssentials

/// Messages on their way to an MMSC.
package protocol SubmissionQueue: Sendable {
    /// Claims messages that an MMSC may carry now and moves them to `submitting`. Customers take turns, and so do small
    /// and large batches of each; among equals the longest due comes first.
    ///
    /// A claim that is not answered by `record` before the lease ends is in doubt. See `endLeases`.
    func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims
    /// What became of a claim. Of a claim whose lease has ended only an acceptance or a refusal still counts. One that
    /// was released was no attempt: the next claim has its number.
    func record(_ result: SubmissionResult, of claim: Claim, now: Date) async throws(StoreFailure)
    /// The batch of a claim with all its media in order; nil before those are here.
    func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, [StoredMedia])?
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
    /// Ends pauses that began after now, of messages, CancelReqs, events and media: the clock was set back, and they
    /// would last longer by as much. Claims that began after now end as soon as one that is given out now would; those
    /// of SubmitReqs within half an hour.
    ///
    /// - Parameter limit: of each kind in one call.
    /// - Returns: how many were changed; there may be more as long as there are any.
    func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int
    /// Gives messages that wait for MMSCs which take nothing any more to those that routes now name. What an MMSC may
    /// have stays with it.
    ///
    /// - Parameters:
    ///   - cursor: where the last call left off; nil begins.
    ///   - isGone: whether an MMSC takes nothing any more.
    /// - Returns: where to go on; nil when all that waits has been looked at.
    func reroute(
        from cursor: WaitingCursor?, limit: Int, routes: Routes, isGone: @escaping @Sendable (String) -> Bool
    ) async throws(StoreFailure) -> WaitingCursor?
    /// Those that messages wait for which are due, now or later.
    func waitingCarriers() async throws(StoreFailure) -> [Carriers]
    /// How many messages are open at each MMSC. It counts them all: for a look now and then.
    func openMessages() async throws(StoreFailure) -> [OpenMessages]
}
