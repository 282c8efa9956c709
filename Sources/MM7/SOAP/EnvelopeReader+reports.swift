/// Reads the reports on what became of a message, in all dialects. (TS 23.140, 8.7.4, 8.7.5)
extension EnvelopeReader {
    mutating func deliveryReportReq(_ element: XMLTree.Element) throws(MM7Error) -> DeliveryReportReq {
        var report = DeliveryReportReq(
            messageID: try required("MessageID", of: element),
            recipient: recipient(element),
            mmStatus: try mmStatus(element)
        )
        report.mmsRelayServerID = element.text("MMSRelayServerID")
        report.sender = senderAddress(element)
        report.date = date(element, "Date", or: "TimeStamp")
        report.statusExtension = element.text("MMStatusExtension")
        report.statusText = element.text("StatusText") ?? element.child("Status")?.text("StatusText")
        report.applicID = element.text("ApplicID")
        report.replyApplicID = element.text("ReplyApplicID")
        report.auxApplicInfo = element.text("AuxApplicInfo")
        report.uaCapabilities = uaCapabilities(element)
        noteUnknown(
            element, "DeliveryReportReq",
            known: [
                "MM7Version", "MMSRelayServerID", "MessageID", "Recipient", "RecipientAddress", "Recipients", "Sender",
                "SenderAddress", "SenderIdentification", "Date",
                "TimeStamp", "MMStatus", "MMSStatus", "MMStatusExtension", "MMSStatusErrorCode", "Status", "StatusCode",
                "StatusText", "ApplicID", "ReplyApplicID", "AuxApplicInfo", "UACapabilities",
            ])
        return report
    }

    mutating func readReplyReq(_ element: XMLTree.Element) throws(MM7Error) -> ReadReplyReq {
        let status =
            if let status = element.text("ReadStatus") { status } else { try required("MMStatus", of: element) }
        var reply = ReadReplyReq(
            messageID: try required("MessageID", of: element),
            recipient: recipient(element),
            readStatus: ReadStatus(status)
        )
        reply.mmsRelayServerID = element.text("MMSRelayServerID")
        reply.sender = senderAddress(element)
        reply.timeStamp = date(element, "TimeStamp", or: "Date")
        reply.statusText = element.text("StatusText")
        reply.applicID = element.text("ApplicID")
        reply.replyApplicID = element.text("ReplyApplicID")
        reply.auxApplicInfo = element.text("AuxApplicInfo")
        noteUnknown(
            element, "ReadReplyReq",
            known: [
                "MM7Version", "MMSRelayServerID", "MessageID", "Recipient", "RecipientAddress", "Recipients", "Sender",
                "SenderAddress", "SenderIdentification", "TimeStamp",
                "Date", "MMStatus", "ReadStatus", "StatusText", "ApplicID", "ReplyApplicID", "AuxApplicInfo",
            ])
        return reply
    }

    /// Recipient, or the first address in Recipients as several dialects have it.
    private mutating func recipient(_ element: XMLTree.Element) -> Address? {
        for name in ["Recipient", "RecipientAddress"] as [StaticString] {
            if let recipient = address(element.child(name)) { return recipient }
        }
        return recipients(element.child("Recipients")).all.first
    }

    /// MMStatus; in its place one vendor sends MMSStatusErrorCode, another StatusCode with 1000 for delivered.
    private func mmStatus(_ element: XMLTree.Element) throws(MM7Error) -> MMStatus {
        if let status = element.text("MMStatus") ?? element.text("MMSStatus") { return MMStatus(status) }
        if let code = element.text("MMSStatusErrorCode") { return MMStatus(encapsulated: code) ?? .other(code) }
        if let code = element.text("StatusCode") ?? element.child("Status")?.text("StatusCode") {
            return code == "1000" ? .delivered : .other(code)
        }
        throw MM7Error(.missingElement, "the report says nothing of the message's fate", element: "MMStatus")
    }
}
