import GatewayCore
import MM7

extension DeliveryReport {
    /// A report of an MMSC in the words of the domain.
    init(_ request: DeliveryReportReq, by reading: ReportReading) {
        self.init(
            messageID: request.messageID,
            recipient: request.recipient?.normalized,
            sender: request.sender?.normalized,
            fate: ReportedFate(request.mmStatus, by: reading),
            status: PeerText(request.mmStatus.wireName),
            statusText: (request.statusText ?? request.statusExtension).map { PeerText($0) },
            at: request.date)
    }

    /// A read reply as a report: a recipient who has read a message has received it. A message deleted unread says
    /// nothing about that.
    init(_ request: ReadReplyReq) {
        self.init(
            messageID: request.messageID,
            recipient: request.recipient?.normalized,
            sender: request.sender?.normalized,
            fate: request.readStatus == .read ? .delivered : .pending,
            status: PeerText(request.readStatus.wireName),
            statusText: request.statusText.map { PeerText($0) },
            at: request.timeStamp)
    }
}
