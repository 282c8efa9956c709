package import FoundationEssentials

/// An event that is due to be told, with what it is about.
package struct EventClaim: Sendable, Identifiable {
    package let event: Event
    package let subject: Subject
    /// How often it was tried before.
    package let tries: Int
    /// The server that its batch's own address names; empty where the customer's address counts.
    package let receiver: String

    package init(event: Event, subject: Subject, tries: Int, receiver: String = "") {
        self.event = event
        self.subject = subject
        self.tries = tries
        self.receiver = receiver
    }

    package enum Subject: Sendable {
        /// A message of the batch. Without the batch's parameters, which no webhook tells and which may be large: they
        /// are empty here.
        case message(Message, Batch)
        /// The end of the batch, without its parameters too.
        case end(Batch)
        case inbound(Inbound)
    }

    /// The batch that it is about; nil for what came in.
    package var batch: Batch? {
        switch subject {
        case .message(_, let batch), .end(let batch): batch
        case .inbound: nil
        }
    }

    /// Whom it is told; nil where that is nobody (any more).
    package var owner: Owner? {
        switch subject {
        case .message(_, let batch), .end(let batch): batch.owner
        case .inbound(let inbound): inbound.owner
        }
    }

    package var id: Event.ID { event.id }
}

/// What came of telling an event.
package enum TellingOutcome: Sendable, Equatable {
    /// The customer has heard it.
    case heard
    /// Not now; again then.
    case again(at: Date, reason: PeerText)
    /// It will not be tried any more.
    case droppedAfter(reason: PeerText)
}
