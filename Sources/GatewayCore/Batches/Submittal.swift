package import FoundationEssentials

/// What an API makes of a valid request, before it has identifiers and times of its own.
package struct Submittal: Sendable {
    package var owner: Owner
    package var order: Order
    /// The numbers to send to, each once, in the order given.
    package var numbers: [MSISDN]
    /// The trace of the request.
    package var trace: Trace?

    package init(_ order: Order, of owner: Owner, numbers: [MSISDN]) {
        self.owner = owner
        self.order = order
        self.numbers = numbers
    }

    /// The batch and its messages: named, dated, each recipient once and routed to an MMSC.
    ///
    /// A number that no route covers is aborted here, as part of the same commit. Members of groups are added by the
    /// store, when the batch begins.
    package func accepted(now: Date, expansion: Expansion) -> (Batch, [Message]) {
        let now = now.wholeMilliseconds
        var batch = Batch(dated, id: expansion.ids.next(at: now), owner: owner, createdAt: now)
        batch.trace = trace
        return (batch, messages(of: batch.id, now: now, expansion: expansion))
    }

    /// The batch in the place of another: it keeps the other's id and age.
    package func replacing(_ other: Batch, now: Date, expansion: Expansion) -> (Batch, [Message]) {
        let now = now.wholeMilliseconds
        var batch = Batch(dated, id: other.id, owner: owner, createdAt: other.createdAt)
        batch.modifiedAt = now
        batch.revision = other.revision
        batch.trace = other.trace
        return (batch, messages(of: batch.id, now: now, expansion: expansion))
    }

    /// The order with times as the store keeps them.
    private var dated: Order {
        var order = order
        order.sendAt = order.sendAt?.wholeMilliseconds
        order.expireAt = order.expireAt.wholeMilliseconds
        return order
    }

    private func messages(of batch: Batch.ID, now: Date, expansion: Expansion) -> [Message] {
        var seen = Set<MSISDN>(minimumCapacity: numbers.count)
        return expansion.messages(to: numbers.filter { seen.insert($0).inserted }, of: batch, now: now)
    }
}
