package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLStore {
    package func claimCancellations(
        _ request: CancellationRequest
    ) async throws(StoreFailure) -> [Cancellation] {
        if parts.replicas?.isElsewhere(.lane(mmsc: request.mmsc)) ?? false { return [] }
        parts.longestLeases.withLock { $0.note(\.cancellations, request.leaseUntil.since(request.now)) }
        return try await writer.write { (transaction) throws(SQLError) in try transaction.claimCancellations(request)
        }
    }

    package func record(
        _ result: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.record(result, because: reason, of: cancellation, now: now)
        }
    }
}
