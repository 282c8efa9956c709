package import Foundation
package import GatewayCore

/// Short forms for tests that tell events without sharing anything.
extension Store {
    package func claimEvents(
        limit: Int, now: Date, leaseUntil: Date
    ) async throws(StoreFailure) -> [EventClaim] {
        let share = EventRequest.Share(.webhookCalls, capacity: max(2 * limit, 2))
        return try await claimEvents(EventRequest(limit: limit, share: share, leaseUntil: leaseUntil), now: now).claims
    }

    /// When the first event is due, or a claim of one ends.
    package func nextEventDue() async throws(StoreFailure) -> Date? {
        let share = EventRequest.Share(.webhookCalls, capacity: 2)
        return try await claimEvents(
            EventRequest(limit: 0, share: share, leaseUntil: .distantPast), now: .distantPast
        ).nextDue
    }
}
