package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLStore {
    package func claimCalls(_ request: CallRequest, now: Date) async throws(StoreFailure) -> CallClaims {
        parts.longestLeases.withLock { $0.note(\.calls, request.leaseUntil.since(now)) }
        // The search is long and the batches are large, so both are read beside the writer, not on its thread.
        let due = try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.dueCalls(for: request, now: now)
        }
        guard !due.calls.isEmpty else { return CallClaims([], nextDue: due.nextDue, cursor: due.cursor) }
        let list = try JSONColumn.text(due.calls.map(CallPair.init))
        let claimed = try await writer.write { (transaction) throws(SQLError) in
            try transaction.claimCalls(list, until: request.leaseUntil, now: now)
        }
        let claims = try await readers.read { (snapshot) throws(SQLError) in try snapshot.claims(of: claimed) }
        return CallClaims(claims, nextDue: due.nextDue, cursor: due.cursor)
    }

    package func record(_ result: CallResult, of call: Call.ID, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.record(result, of: call, now: now)
        }
    }
}

/// A call as `CallQuery.claim` reads it: an array of its event and its target.
private struct CallPair: Encodable {
    let call: Call.ID

    func encode(to encoder: any Encoder) throws {
        var values = encoder.unkeyedContainer()
        try values.encode(call.event)
        try values.encode(call.target)
    }
}
