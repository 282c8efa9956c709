package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLiteStore {
    package func claimEvents(_ request: EventRequest, now: Date) async throws(StoreFailure) -> EventClaims {
        longestLeases.withLock { $0.note(\.events, request.leaseUntil.since(now)) }
        // The look goes far and the batches are large: both are read beside the writer, not on it.
        let due = try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.dueEvents(for: request, now: now)
        }
        guard !due.receivers.isEmpty else { return EventClaims([], nextDue: due.nextDue, places: due.places) }
        let claimed = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.claimEvents(due.receivers, until: request.leaseUntil, now: now)
        }
        let claims = try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.claims(of: claimed) }
        return EventClaims(claims, nextDue: due.nextDue, places: due.places)
    }

    package func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, of: event, now: now)
        }
    }
}
