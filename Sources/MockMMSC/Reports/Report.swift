import FoundationEssentials
import MM7

/// A DeliveryReportReq that waits to be posted, for one recipient's copy.
struct Report: Sendable {
    /// The same for every post of this report.
    let transactionID: String
    let messageID: String
    let recipient: Address
    let sender: Address?
    let status: MMStatus
    /// Posts so far.
    var tries = 0

    func envelope(at date: Date) -> Envelope {
        var request = DeliveryReportReq(messageID: messageID, recipient: recipient, mmStatus: status)
        request.sender = sender
        request.date = date
        request.statusText = status == .retrieved ? "Success" : nil
        return Envelope(transactionID: transactionID, body: .deliveryReportReq(request))
    }
}
