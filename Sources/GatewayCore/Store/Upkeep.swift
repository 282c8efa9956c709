package import FoundationEssentials

/// Changes that time alone brings about. They are asked for each second.
///
/// Where several processes share a store any of them may do it, or one for all: no call counts on being the only one,
/// and what one of them has ended the others find ended.
package protocol Upkeep: Sendable {
    /// Claims of messages that are over become due again, in doubt; returns how many. `Store` says when a claim is over.
    ///
    /// - Parameter ongoing: messages the caller is still working on. Its claims of them stay, whatever a clock that jumped
    ///   says. It speaks for no other process, whose claims end by their leases.
    func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int
    /// Ends messages whose time to be sent is over, the longest over first; returns how many.
    ///
    /// What is queued is aborted, what is in doubt becomes unknown, also at an MMSC that nobody sends to any more. What
    /// is claimed is left to its worker.
    func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int
    /// Messages without a final report since this time become unknown; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int
    /// Ends pauses that began after now, of messages, CancelReqs, calls and media: the clock was set back, and they
    /// would last longer by as much. Claims that began after now end as soon as one that is given out now would; those
    /// of SubmitReqs within half an hour.
    ///
    /// A store that takes the time from the one clock of its database has none to end, and returns 0.
    ///
    /// - Parameter limit: of each kind in one call.
    /// - Returns: how many were changed; there may be more as long as there are any.
    func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int
}
