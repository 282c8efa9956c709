import FoundationEssentials
import GatewayCore
import Synchronization

/// The further commits of work that is too large for one.
extension SQLStore {
    /// Adds the rest of the members of a batch's groups, unless it has another revision by then. The batch stays
    /// accepted even if this fails: missing members are added when its media is here.
    func addMembers(
        of batch: Batch.ID, revision: Int, from cursor: ExpansionCursor?, by expansion: Expansion, now: Date
    ) async {
        do {
            try await writer.inSteps(from: cursor) { (transaction, cursor) throws(SQLError) in
                try transaction.expand(batch, revision: revision, by: expansion, from: cursor, now: now)
            }
        } catch {
            // If the failure lasts, the preparation of the batch logs it.
            return
        }
    }
}

extension StoreParts {
    /// Withdraws the rest of a cancelled batch. A failure is thrown, and the withdrawal is continued later.
    func withdraw(_ batch: Batch.ID, after rest: String?, now: Date) async throws(StoreFailure) {
        do {
            try await writer.inSteps(from: rest) { (transaction, after) throws(SQLError) in
                try transaction.withdraw(batch, after: after, now: now)
            }
            interrupted.withLock { _ = $0.remove(batch) }
        } catch {
            interrupted.withLock { _ = $0.insert(batch) }
            throw error
        }
    }

    /// Continues cancellations that a failure interrupted. One that fails again waits for the next time and does not
    /// stop the others.
    func withdrawTheRest(now: Date) async throws(StoreFailure) {
        var failure: StoreFailure?
        for batch in interrupted.withLock({ $0.sorted() }) {
            do throws(StoreFailure) {
                try await withdraw(batch, after: "", now: now)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }
}
