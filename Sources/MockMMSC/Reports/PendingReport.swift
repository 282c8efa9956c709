import FoundationEssentials
import MM7

/// A DeliveryReportReq that waits to be posted, for one recipient's copy.
struct PendingReport: Sendable {
    /// The same for every post of this report.
    let transactionID: String
    let messageID: String
    let recipient: Address
    let sender: Address?
    var status: MMStatus
    /// Whether its MessageID is one that was never given.
    var isUnknown = false
    /// What it is counted under at its first post, beside the posts themselves.
    var marks: [any WritableKeyPath<Counts, Int> & Sendable] = []
    /// Posted in this order once this one was posted for the first time, whatever the answer.
    var followers: [PendingReport] = []
    /// Posts so far.
    var tries = 0

    /// Whether reports on that message follow it.
    func leads(to messageID: String) -> Bool {
        followers.contains { $0.messageID == messageID || $0.leads(to: messageID) }
    }

    func envelope(at date: Date) -> Envelope {
        var request = DeliveryReportReq(messageID: messageID, recipient: recipient, mmStatus: status)
        request.sender = sender
        request.date = date
        request.statusText = status == .retrieved ? "Success" : nil
        return Envelope(transactionID: transactionID, body: .deliveryReportReq(request))
    }
}
