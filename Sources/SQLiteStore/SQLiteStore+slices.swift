import FoundationEssentials
import GatewayCore
import Synchronization

/// What goes on after the first commit of a work that a customer has made large.
extension SQLiteStore {
    /// Adds the rest of the members of a batch's groups. The batch is taken, whatever becomes of this: who is missing is
    /// added when its media is here.
    func addMembers(
        of batch: Batch.ID, from place: ExpansionPlace?, by expansion: Expansion, now: Date
    ) async {
        do {
            try await writer.inSteps(from: place) { (transaction, place) throws(SQLiteError) in
                try transaction.expand(batch, by: expansion, from: place, now: now)
            }
        } catch {
            // Said by whoever prepares the batch, if it lasts.
            return
        }
    }

    /// Withdraws the rest of a cancelled batch. What interrupts it is thrown, and it goes on by itself later.
    func withdraw(_ batch: Batch.ID, after rest: String?, now: Date) async throws(StoreFailure) {
        do {
            try await writer.inSteps(from: rest) { (transaction, after) throws(SQLiteError) in
                try transaction.withdraw(batch, after: after, now: now)
            }
        } catch {
            interrupted.withLock { _ = $0.insert(batch) }
            throw error
        }
    }

    /// Goes on with cancellations that a failure interrupted.
    func withdrawTheRest(now: Date) async throws(StoreFailure) {
        let batches = interrupted.withLock { batches in
            defer { batches = [] }
            return batches
        }
        for batch in batches.sorted() { try await withdraw(batch, after: "", now: now) }
    }
}
