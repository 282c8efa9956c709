package import FoundationEssentials

/// Which inbound messages of an owner a list holds.
package struct InboundFilter: Sendable, Equatable {
    /// Sent to these numbers; empty takes all.
    package var recipients: Set<String>
    /// Received at this moment or later.
    package var from: Date
    /// Received before this moment.
    package var until: Date?
    /// Takes answers to batches that the customer gave this name alone.
    package var reference: String?

    package init(
        recipients: Set<String> = [], from: Date, until: Date? = nil, reference: String? = nil
    ) {
        self.recipients = recipients
        self.from = from
        self.until = until
        self.reference = reference
    }
}
