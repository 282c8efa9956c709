package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLiteStore {
    package func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int {
        // Claims that are being worked on are not changed.
        let last = longestLeases.withLock { $0.ends(from: now) }
        return try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.endWaits(begunAfter: now, last: last, limit: limit)
        }
    }

    package func doubtQueued(now: Date) async throws(StoreFailure) -> Int {
        var total = 0
        var cursor: WaitingCursor?
        repeat {
            let (count, rest) = try await writer.write { [cursor] (transaction) throws(SQLiteError) in
                var step = try transaction.doubtQueued(after: cursor, limit: Self.stepAtStart, now: now)
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
