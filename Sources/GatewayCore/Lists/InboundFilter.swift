package import FoundationEssentials

/// Which inbound messages of an owner a list holds.
package struct InboundFilter: Sendable, Equatable {
    /// Sent to these numbers; empty takes all.
    package var recipients: Set<String>
    /// Received at this moment or later.
    package var from: Date
    /// Received before this moment.
    package var until: Date?
    package var clientReference: String?

    package init(
        recipients: Set<String> = [], from: Date, until: Date? = nil, clientReference: String? = nil
    ) {
        self.recipients = recipients
        self.from = from
        self.until = until
        self.clientReference = clientReference
    }
}
