/// How a DeliverReq is recognised when the MMSC sends it once more.
///
/// An identifier alone makes no repetition: MMSCs begin to count anew, and some write a constant. So the fingerprint of
/// what is in it has to be the same too.
package struct InboundIdentity: Sendable, Equatable {
    /// How long a copy is recognised.
    package static let window = Duration.seconds(86_400)

    package let mmsc: String
    /// The MMSC's identifier for it, and which of its identifiers that is.
    package let delivery: String
    package let fingerprint: String

    package init(mmsc: String, delivery: String, fingerprint: String) {
        self.mmsc = mmsc
        self.delivery = delivery
        self.fingerprint = fingerprint
    }

    /// - Parameter isAnswer: whether its LinkedID names a message of ours. Such a LinkedID belongs to that message, and
    ///   the next answer to it has the same.
    package init(of delivery: InboundDelivery, from mmsc: String, isAnswer: Bool) {
        let linked = isAnswer ? nil : delivery.linkedID.map { "linked \($0)" }
        let transaction = delivery.transactionID.flatMap { $0.isEmpty ? nil : "transaction \($0)" }
        self.init(mmsc: mmsc, delivery: linked ?? transaction ?? Self.unnamed, fingerprint: delivery.fingerprint)
    }

    private static let unnamed = "none"

    /// Whether the MMSC gave it an identifier, which it may have given to another message before.
    package var isNamed: Bool { delivery != Self.unnamed }
}

/// What a store knows of the copies of a DeliverReq: by number, as two customers may share one, and each of them gets a
/// copy.
package struct InboundRecurrence: Sendable {
    /// The numbers to which it has come before.
    package var known: Set<String> = []
    /// Whether another message came under the same identifier.
    package var isReused = false

    package init() {}

    /// Whether a copy is to be taken.
    package func takes(_ inbound: Inbound) -> Bool { !known.contains(inbound.to) }

    /// Whether room is needed for it: what came before already has room.
    package var needsRoom: Bool { known.isEmpty }

    /// What became of the DeliverReq.
    package func result(taking taken: [Inbound.ID]) -> InboundResult {
        taken.isEmpty ? .repeated : isReused ? .takenAnew(taken) : .taken(taken)
    }
}
