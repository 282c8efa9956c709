package import Foundation
package import GatewayCore

/// Short forms for tests that make calls without sharing anything.
extension CallQueue {
    package func claimCalls(
        limit: Int, now: Date, leaseUntil: Date
    ) async throws(StoreFailure) -> [CallClaim] {
        let share = CallRequest.Share(.webhookCalls, capacity: max(2 * limit, 2))
        return try await claimCalls(CallRequest(limit: limit, share: share, leaseUntil: leaseUntil), now: now).claims
    }

    /// When the first call is due, or a claim of one ends.
    package func nextCallDue() async throws(StoreFailure) -> Date? {
        let share = CallRequest.Share(.webhookCalls, capacity: 2)
        return try await claimCalls(
            CallRequest(limit: 0, share: share, leaseUntil: .distantPast), now: .distantPast
        ).nextDue
    }

    /// What came of the call that tells an event at the customer's own address.
    package func record(_ result: CallResult, of event: Event.ID, now: Date) async throws(StoreFailure) {
        try await record(result, of: Call.ID(event: event, target: ""), now: now)
    }
}

extension CallClaim {
    package var batch: Batch? { event.batch }

    package var message: Message? { if case .message(let message, _) = event.subject { message } else { nil } }

    package var inbound: Inbound? { if case .inbound(let inbound) = event.subject { inbound } else { nil } }
}
