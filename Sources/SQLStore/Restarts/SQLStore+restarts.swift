package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLStore {
    package func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int {
        guard parts.keepsHouse else { return 0 }
        // Claims that are being worked on are not changed.
        let last = parts.longestLeases.withLock { $0.ends(from: now) }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.endWaits(begunAfter: now, last: last, limit: limit)
        }
    }

    package func doubtQueued(now: Date) async throws(StoreFailure) -> Int {
        var total = 0
        var cursor: WaitingCursor?
        repeat {
            let (count, rest) = try await writer.write { [cursor] (transaction) throws(SQLError) in
                var step = try transaction.doubtQueued(after: cursor, limit: StoreParts.stepAtStart, now: now)
                // A start that is cut off before the last step begins again.
                if step.rest == nil { step.count += try transaction.endCopy(now: now) }
                return step
            }
            total += count
            cursor = rest
        } while cursor != nil
        return total
    }
}
