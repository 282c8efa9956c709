package import FoundationEssentials

/// A DeliveryReportReq as the domain sees it. (TS 23.140, 8.7.3)
package struct DeliveryReport: Sendable, Equatable {
    package let messageID: String
    /// Digits for matching; nil when the report names nobody.
    package let recipient: String?
    /// Digits of the sender, which some MMSCs put in the recipient's place and the other way round.
    package let sender: String?
    package let fate: ReportedFate
    /// MMStatus as the MMSC wrote it.
    package let status: PeerText
    package let statusText: PeerText?
    /// When it happened, by the MMSC's clock.
    package let at: Date?

    package init(
        messageID: String, recipient: String?, sender: String? = nil, fate: ReportedFate, status: PeerText,
        statusText: PeerText? = nil,
        at: Date? = nil
    ) {
        self.messageID = messageID
        self.recipient = recipient
        self.sender = sender
        self.fate = fate
        self.status = status
        self.statusText = statusText
        self.at = at
    }
}

/// What a report did.
package enum ReportResult: Sendable, Equatable {
    case applied(Message.ID)
    /// The report came before, or comes after the final one, or says nothing final: kept as history, nothing changed.
    case nothingNew(Message.ID)
    /// The MessageID is not known, but an answer of this MMSC is still out: kept, and applied when that answer comes.
    case held
    /// No message of ours has this MessageID at this MMSC.
    case unknownMessage
    /// Several messages have this MessageID, and the report is about none of them.
    case unknownRecipient
}
