/// What became of a message, with the dialects. (TS 23.140, 8.7.4, 8.7.5)
extension EnvelopeReader {
    mutating func deliveryReportReq(_ element: XMLTree.Element) throws(MM7Error) -> DeliveryReportReq {
        var report = DeliveryReportReq(
            messageID: try required("MessageID", of: element),
            recipient: recipient(element),
            mmStatus: try mmStatus(element)
        )
        report.mmsRelayServerID = element.text("MMSRelayServerID")
        report.sender = address(element.child("Sender"))
        report.date = date(element, "Date") ?? date(element, "TimeStamp")
        report.statusExtension = element.text("MMStatusExtension")
        report.statusText = element.text("StatusText") ?? element.child("Status")?.text("StatusText")
        report.applicID = element.text("ApplicID")
        report.replyApplicID = element.text("ReplyApplicID")
        report.auxApplicInfo = element.text("AuxApplicInfo")
        report.uaCapabilities = uaCapabilities(element)
        noteUnknown(
            element, "DeliveryReportReq",
            known: [
                "MM7Version", "MMSRelayServerID", "MessageID", "Recipient", "Recipients", "Sender", "Date",
                "TimeStamp", "MMStatus", "MMStatusExtension", "MMSStatusErrorCode", "Status", "StatusCode",
                "StatusText", "ApplicID", "ReplyApplicID", "AuxApplicInfo", "UACapabilities",
            ])
        return report
    }

    mutating func readReplyReq(_ element: XMLTree.Element) throws(MM7Error) -> ReadReplyReq {
        let status = try required("MMStatus", of: element)
        var reply = ReadReplyReq(
            messageID: try required("MessageID", of: element),
            recipient: recipient(element),
            readStatus: ReadStatus(status)
        )
        reply.mmsRelayServerID = element.text("MMSRelayServerID")
        reply.sender = address(element.child("Sender"))
        reply.timeStamp = date(element, "TimeStamp") ?? date(element, "Date")
        reply.statusText = element.text("StatusText")
        reply.applicID = element.text("ApplicID")
        reply.replyApplicID = element.text("ReplyApplicID")
        reply.auxApplicInfo = element.text("AuxApplicInfo")
        noteUnknown(
            element, "ReadReplyReq",
            known: [
                "MM7Version", "MMSRelayServerID", "MessageID", "Recipient", "Recipients", "Sender", "TimeStamp",
                "Date", "MMStatus", "StatusText", "ApplicID", "ReplyApplicID", "AuxApplicInfo",
            ])
        return reply
    }

    /// Recipient, or the first address in Recipients as several dialects have it.
    private mutating func recipient(_ element: XMLTree.Element) -> Address? {
        if let recipient = address(element.child("Recipient")) { return recipient }
        return recipients(element.child("Recipients")).all.first
    }

    /// MMStatus; in its place one vendor sends MMSStatusErrorCode, another StatusCode with 1000 for delivered.
    private func mmStatus(_ element: XMLTree.Element) throws(MM7Error) -> MMStatus {
        if let status = element.text("MMStatus") { return MMStatus(status) }
        if let code = element.text("MMSStatusErrorCode") { return MMStatus(encapsulated: code) ?? .other(code) }
        if let code = element.text("StatusCode") ?? element.child("Status")?.text("StatusCode") {
            return code == "1000" ? .delivered : .other(code)
        }
        throw MM7Error(.missingElement, "the report says nothing of the message's fate", place: "MMStatus")
    }
}
