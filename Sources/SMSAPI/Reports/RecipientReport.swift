import CustomerServing
import GatewayCore

/// What became of one message: the answer to `GET …/delivery_report/{recipient_msisdn}` and the body of a webhook.
struct RecipientReport: Encodable {
    /// `_sms` for a text batch, which its sender gave as an SMS, else `_mms`.
    let type: String
    let batchID: String
    let recipient: String
    let code: Int
    let status: ReportStatus.Status
    /// When the message came into the state that is reported.
    let at: Timestamp
    /// The network's own time; absent until the network gives one.
    let operatorStatusAt: Timestamp?
    /// The plan's originator, when the request named none.
    let appliedOriginator: String?
    let clientReference: String?
    /// The MMSC's words.
    let statusMessage: String?

    init(on message: Message, of batch: BatchLabel) throws {
        type = batch.hasMedia ? "recipient_delivery_report_mms" : "recipient_delivery_report_sms"
        let status = ReportStatus(message.state)
        batchID = batch.id.description
        recipient = message.recipient.digits
        code = status.code
        self.status = status.status
        at = Timestamp(message.changedAt)
        operatorStatusAt = message.networkTime.map { Timestamp($0) }
        appliedOriginator = try SMSEcho(batch.echo).isOriginatorDefault == true ? batch.originator.text : nil
        clientReference = batch.reference
        statusMessage = message.statusText?.description
    }

    enum CodingKeys: String, CodingKey {
        case type
        case batchID = "batch_id"
        case recipient, code, status, at
        case operatorStatusAt = "operator_status_at"
        case appliedOriginator = "applied_originator"
        case clientReference = "client_reference"
        case statusMessage = "status_message"
    }
}
