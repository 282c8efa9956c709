package import FoundationEssentials

/// What a webhook tells a customer. An event is written in the commit that makes it true and kept until it was heard.
package struct Event: Sendable, Equatable, Identifiable {
    package typealias ID = Int64

    /// Rises with every event of a gateway.
    package let id: ID
    package let kind: Kind
    package let createdAt: Date

    package init(id: ID, kind: Kind, createdAt: Date) {
        self.id = id
        self.kind = kind
        self.createdAt = createdAt
    }

    package enum Kind: Sendable, Equatable {
        /// A message came into a state. The event keeps that state, so a repeat says the same.
        case messageChanged(Message)
        /// Every message of the batch is final.
        case batchFinished(Batch.ID)
        /// A handset sent a message to one of the customer's numbers.
        case inboundReceived(Inbound.ID)
    }

    /// The batch that it is about; nil for what came in.
    package var batch: Batch.ID? {
        switch kind {
        case .messageChanged(let message): message.batch
        case .batchFinished(let batch): batch
        case .inboundReceived: nil
        }
    }
}

extension MessageState {
    /// Whether an MMSC has it and has said no more: `Dispatched`.
    package var isHandedOver: Bool {
        if case .submitted = self { true } else { false }
    }
}
