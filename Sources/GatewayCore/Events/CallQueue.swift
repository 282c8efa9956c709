package import FoundationEssentials

/// Events on their way to customers.
package protocol CallQueue: Sendable {
    /// Calls that are due: owners and targets in turns, each of their events in the order of time. They are not given out
    /// again before the claim is over: `Store` says when it is.
    ///
    /// One event of a message follows the other at each target: while a call of one is open there, those of the events
    /// after it are held. So are those of a target that follows another, while a call of the message is open at that one.
    ///
    /// A store may look for due calls, claim them, and read their events in three steps instead of one moment. Only the
    /// claim writes, because the look goes far and batches are large. So the claim looks again at each call that was
    /// found: one that was heard, dropped or claimed by another in between is not claimed. Where the last step fails,
    /// the claims end with their leases.
    func claimCalls(_ request: CallRequest, now: Date) async throws(StoreFailure) -> CallClaims
    /// Records what came of a call. One that was heard stays heard.
    func record(_ result: CallResult, of call: Call.ID, now: Date) async throws(StoreFailure)
}
