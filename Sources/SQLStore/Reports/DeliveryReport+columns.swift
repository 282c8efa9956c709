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

/// What is read of a report that came before the SubmitRsp of its message.
enum HeldReportColumn: Int, Columns {
    case id, messageID, recipient, sender, fate, failure, status, statusText, happenedAt

    var sql: String { name }

    /// The columns that are written for such a report.
    static let written = written(without: [.id], and: "mmsc", "received_at")
}

extension Row {
    mutating func heldReport() throws(SQLError) -> HeldReports.Held {
        let fields = fields(of: HeldReportColumn.self)
        let fate = ReportedFate(fate: try fields[.fate].text(), failure: fields[.failure].optionalText())
        let report = DeliveryReport(
            messageID: try fields[.messageID].text(), recipient: fields[.recipient].optionalText(),
            sender: fields[.sender].optionalText(), fate: try fields[.fate].present(fate),
            status: PeerText(kept: try fields[.status].text()),
            statusText: fields[.statusText].optionalPeerText(), at: fields[.happenedAt].optionalTime())
        return HeldReports.Held(id: try fields[.id].integer(), report: report)
    }
}
