package import FoundationEssentials

/// Events on their way to customers.
package protocol CallQueue: Sendable {
    /// Calls that are due: owners and targets in turns, each of their events in the order of time. They are not given out
    /// again before the claim is over: `Store` says when it is.
    ///
    /// One event of a message follows the other at each target: while a call of one is open there, those of the events
    /// after it are held.
    ///
    /// What is due may be looked for, claimed, and read with what it is about in three steps and not in one moment, of
    /// which only the claim writes: the look goes far and batches are large. So the claim looks again at each call that
    /// was found: what was heard, dropped or claimed by another in between has no claim. Where the last step fails, the
    /// claims end with their leases.
    func claimCalls(_ request: CallRequest, now: Date) async throws(StoreFailure) -> CallClaims
    /// What came of a call. Nothing undoes that one was heard.
    func record(_ result: CallResult, of call: Call.ID, now: Date) async throws(StoreFailure)
}
