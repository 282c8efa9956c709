package import FoundationEssentials

/// Unowned inbound messages, given to their owners by another process than the gateway, which may be running or not.
package protocol Quarantine: Sendable {
    /// Gives messages to their owners, who are notified as if they had just come: a running gateway finds the calls to be
    /// made within a second. It takes the first `InboundRelease.limit` of them.
    ///
    /// A gateway may wait for it. A caller with more of them pauses between the calls for a quarter of a second.
    ///
    /// - Returns: the ids of those that were still unowned, and are released now.
    func release(_ releases: [InboundRelease], now: Date) async throws(StoreFailure) -> Set<Inbound.ID>
    func close() async
}

/// A message, and a copy of it for each of its owners, the first under the id of the message.
package struct InboundRelease: Sendable {
    package let id: Inbound.ID
    package let copies: [InboundDelivery.Copy]

    package init(_ id: Inbound.ID, as copies: [InboundDelivery.Copy]) {
        self.id = id
        self.copies = copies
    }

    /// How many messages one call releases at most: that long a gateway's commits wait.
    package static let limit = 100
}
