package import FoundationEssentials

/// Events on their way to customers.
package protocol EventQueue: Sendable {
    /// Events that are due to be told: owners and receivers in turns, each of their events in the order of time. They are
    /// not given out again before the lease ends.
    ///
    /// One event of a message follows the other: while one is still to be told, those after it are not given out.
    func claimEvents(_ request: EventRequest, now: Date) async throws(StoreFailure) -> EventClaims
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure)
}
