import FoundationEssentials
import GatewayCore

extension ReportedFate {
    /// The columns `fate` and `failure`.
    var columns: (fate: String, failure: String?) {
        switch self {
        case .delivered: ("delivered", nil)
        case .expired: ("expired", nil)
        case .rejected: ("rejected", nil)
        case .failed(let failure): ("failed", failure.rawValue)
        case .cancelled: ("cancelled", nil)
        case .pending: ("pending", nil)
        }
    }

    init?(fate: String, failure: String?) {
        switch (fate, failure.flatMap { MessageState.Failure(rawValue: $0) }) {
        case ("delivered", _): self = .delivered
        case ("expired", _): self = .expired
        case ("rejected", _): self = .rejected
        case ("failed", let failure?): self = .failed(failure)
        case ("cancelled", _): self = .cancelled
        case ("pending", _): self = .pending
        default: return nil
        }
    }
}

extension Row {
    /// Reads `message_id`, `recipient`, `sender`, `fate`, `failure`, `status`, `status_text`, `happened_at`.
    mutating func deliveryReport() throws(SQLiteError) -> DeliveryReport {
        let messageID = try text()
        let recipient = optionalText()
        let sender = optionalText()
        let fate = ReportedFate(fate: try text(), failure: optionalText())
        return DeliveryReport(
            messageID: messageID, recipient: recipient, sender: sender, fate: try present(fate),
            status: PeerText(kept: try text()),
            statusText: optionalPeerText(), at: optionalTime())
    }
}
