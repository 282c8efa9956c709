package import FoundationEssentials

/// What handsets sent, as it is taken from MMSCs and kept for a while.
package protocol InboundStore: Sendable {
    /// Takes what a handset sent, with the events and the changes of groups that it causes, in one commit.
    ///
    /// A copy that came before in the last day is not taken again: one to the same number, from the same MMSC, under
    /// the same LinkedID and of the same fingerprint. A LinkedID that names a message of ours to the sender says what
    /// it answers and not what it is; then, and where there is none, the TransactionID takes its place.
    func receive(
        _ delivery: InboundDelivery, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> InboundResult
    /// Whether one more unowned message that names no recipient would be taken by that bound.
    func hasRoomForUnowned(upTo most: Int) async throws(StoreFailure) -> Bool
    /// Removes inbound messages that were received before that time; returns how many.
    func dropInbounds(receivedBefore: Date, limit: Int) async throws(StoreFailure) -> Int
}

/// What handsets sent, as customers read it.
package protocol InboundReader: Sendable {
    func inbound(_ id: Inbound.ID, of owner: Owner) async throws(StoreFailure) -> Inbound?
    /// Newest first.
    func inbounds(
        of owner: Owner, matching filter: InboundFilter, page: Page
    ) async throws(StoreFailure) -> Paged<Inbound>
}
