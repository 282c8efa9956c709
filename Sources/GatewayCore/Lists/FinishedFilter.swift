package import FoundationEssentials

/// Which final messages of an owner a list holds.
package struct FinishedFilter: Sendable, Equatable {
    /// Final since this moment or later.
    package var from: Date
    /// Final before this moment.
    package var until: Date?
    /// In one of these states; nil takes all.
    package var states: Set<MessageState>?
    /// Takes messages of batches that the customer gave this name alone.
    package var reference: String?

    package init(
        from: Date, until: Date? = nil, states: Set<MessageState>? = nil, reference: String? = nil
    ) {
        self.from = from
        self.until = until
        self.states = states
        self.reference = reference
    }
}

/// A message that is final, and what its report says of its batch.
package struct FinishedMessage: Sendable, Equatable {
    package let message: Message
    package let batch: BatchLabel

    package init(message: Message, batch: BatchLabel) {
        self.message = message
        self.batch = batch
    }
}

/// What a report on one message says of its batch.
package struct BatchLabel: Sendable, Equatable {
    package let id: Batch.ID
    package let originator: Originator
    package let reference: String?
    /// Whether the batch has media; else it is a text alone.
    package let hasMedia: Bool
    package let echo: Echo

    package init(id: Batch.ID, originator: Originator, reference: String?, hasMedia: Bool, echo: Echo) {
        self.id = id
        self.originator = originator
        self.reference = reference
        self.hasMedia = hasMedia
        self.echo = echo
    }
}

extension Batch {
    package var label: BatchLabel {
        BatchLabel(
            id: id, originator: order.originator, reference: order.reference, hasMedia: !order.content.media.isEmpty,
            echo: order.echo)
    }
}
