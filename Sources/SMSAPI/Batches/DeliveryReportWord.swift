import GatewayCore

/// The words of `delivery_report`: which calls the customer wants for the batch.
enum DeliveryReportWord: String, CaseIterable {
    case none
    /// One call when every message is final, counts alone.
    case summary
    /// One call when every message is final, with the recipients.
    case full
    /// One call per change of a message's status.
    case perRecipient = "per_recipient"
    /// One call per message, at its final status.
    case perRecipientFinal = "per_recipient_final"

    var interest: Interest {
        switch self {
        case .none: []
        case .summary: .endSummary
        case .full: .endFull
        case .perRecipient: [.submitted, .final]
        case .perRecipientFinal: .final
        }
    }

    init(_ interest: Interest) {
        self = Self.allCases.first { $0.interest == interest } ?? .none
    }
}
