package import FoundationEssentials

/// How the members of groups become messages: named, and routed to an MMSC.
package struct Expansion: Sendable {
    package let routes: Routes
    package let ids: ULIDGenerator
    /// Messages of one batch at most, groups included.
    package let limit: Int

    package init(routes: Routes, ids: ULIDGenerator, limit: Int = Expansion.limit) {
        self.routes = routes
        self.ids = ids
        self.limit = limit
    }

    /// Messages whose identifiers are one block without gaps.
    package func messages(to numbers: [MSISDN], of batch: Batch.ID, now: Date) -> [Message] {
        zip(ids.next(numbers.count, at: now), numbers).map { id, number in
            let carriers = routes.carriers(for: number)
            return Message(
                id: id, batch: batch, recipient: number, carriers: carriers,
                state: carriers == nil ? .aborted(.unroutable) : .queued, changedAt: now)
        }
    }

    /// Messages of one batch at most, groups included.
    package static let limit = 100_000
}
