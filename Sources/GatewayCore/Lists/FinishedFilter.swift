package import FoundationEssentials

/// Which final messages of an owner a list holds.
package struct FinishedFilter: Sendable, Equatable {
    /// Final since this moment or later.
    package var from: Date
    /// Final before this moment.
    package var until: Date?
    /// In one of these states; nil takes all.
    package var states: Set<MessageState>?
    /// Of batches with this reference.
    package var clientReference: String?

    package init(
        from: Date, until: Date? = nil, states: Set<MessageState>? = nil, clientReference: String? = nil
    ) {
        self.from = from
        self.until = until
        self.states = states
        self.clientReference = clientReference
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
    /// The originator that was applied because the request named none.
    package let defaultOriginator: Originator?
    package let clientReference: String?
    /// Whether the batch has media; else it is a text alone.
    package let hasMedia: Bool

    package init(id: Batch.ID, defaultOriginator: Originator?, clientReference: String?, hasMedia: Bool) {
        self.id = id
        self.defaultOriginator = defaultOriginator
        self.clientReference = clientReference
        self.hasMedia = hasMedia
    }
}

extension Batch {
    package var label: BatchLabel {
        BatchLabel(
            id: id, defaultOriginator: isOriginatorDefault ? originator : nil, clientReference: clientReference,
            hasMedia: content.mediaURL != nil)
    }
}
