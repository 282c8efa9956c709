package import FoundationEssentials

/// One POST: an order that was taken. Each recipient's copy is a `Message`.
package struct Batch: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let owner: Owner
    package var order: Order
    package let createdAt: Date
    package var modifiedAt: Date
    package var isCanceled = false
    /// Rises with every change: whoever has an older one does not know the batch as it is now.
    package var revision = 0
    /// The trace of the request that made it; a change keeps it. Lists leave it out, and batches from before have none.
    package var trace: Trace?

    package init(_ order: Order, id: ID, owner: Owner, createdAt: Date) {
        self.id = id
        self.owner = owner
        self.order = order
        self.createdAt = createdAt
        modifiedAt = createdAt
    }

    /// Whether `${key}` in its texts is to be filled in. The texts of apps are as they are to be read.
    package var hasPlaceholders: Bool { if case .servicePlan = owner { true } else { false } }

    /// When the first message may leave.
    package var beginsAt: Date { max(order.sendAt ?? createdAt, createdAt) }
}
