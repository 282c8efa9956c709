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
            status: String(request.mmStatus.wireName.prefix(Self.longestText)),
            statusText: (request.statusText ?? request.statusExtension).map {
                String($0.prefix(Self.longestText)).withoutNumbers
            },
            at: request.date)
    }

    /// A read reply: who has read a message has got it. What was deleted unread says nothing of that.
    init(_ request: ReadReplyReq) {
        self.init(
            messageID: request.messageID,
            recipient: request.recipient?.normalized,
            sender: request.sender?.normalized,
            fate: request.readStatus == .read ? .delivered : .pending,
            status: String(request.readStatus.wireName.prefix(Self.longestText)),
            statusText: request.statusText.map { String($0.prefix(Self.longestText)).withoutNumbers },
            at: request.timeStamp)
    }

    /// In characters. The words of an MMSC are kept for people to read; the reader's own limit is far above that.
    private static let longestText = 200
}
