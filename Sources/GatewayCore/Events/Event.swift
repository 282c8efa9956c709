package import FoundationEssentials

/// What customers are notified of. An event is written in the commit that makes it true and never changed after that.
package struct Event: Sendable, Equatable, Identifiable {
    package typealias ID = Int64

    /// Rises with every event of a gateway.
    package let id: ID
    package let owner: Owner
    package let subject: Subject
    package let createdAt: Date

    package init(id: ID, owner: Owner, subject: Subject, createdAt: Date) {
        self.id = id
        self.owner = owner
        self.subject = subject
        self.createdAt = createdAt
    }

    /// What happened. Batches come without their parameters, which no webhook repeats and which may be large: they are
    /// empty here.
    package enum Subject: Sendable, Equatable {
        /// A message of the batch came into a state. The event keeps that state, so a repeat says the same.
        case message(Message, Batch)
        /// Every message of the batch is final.
        case end(Batch)
        /// A handset sent a message to one of the customer's numbers.
        case inbound(Inbound)
        /// What a customer's API wrote down itself.
        case notice(Notice)
    }

    /// The batch that it is about; nil for what is about none.
    package var batch: Batch? {
        switch subject {
        case .message(_, let batch), .end(let batch): batch
        case .inbound, .notice: nil
        }
    }

    /// The trace of what it is about.
    package var trace: Trace? {
        switch subject {
        case .message(_, let batch), .end(let batch): batch.trace
        case .inbound(let inbound): inbound.trace
        case .notice(let notice): notice.trace
        }
    }
}

extension Event {
    /// What is known of an event in the commit that writes it: enough to say which targets it has.
    package struct Occasion: Sendable, Equatable {
        package let owner: Owner
        package let kind: Kind
        /// The target that its batch or its notice names; empty where that names none, and for what came in.
        package let batchTarget: String

        package init(owner: Owner, kind: Kind, batchTarget: String = "") {
            self.owner = owner
            self.kind = kind
            self.batchTarget = batchTarget
        }

        package enum Kind: Sendable, Equatable {
            /// A message came into this state.
            case message(MessageState)
            /// Every message of a batch is final.
            case end
            /// A handset sent something.
            case inbound
            /// A customer's API wrote something down, which it calls this.
            case notice(name: String)
        }
    }
}

extension MessageState {
    /// Whether an MMSC has it and has said no more: `Dispatched`.
    package var isHandedOver: Bool {
        if case .submitted = self { true } else { false }
    }
}
