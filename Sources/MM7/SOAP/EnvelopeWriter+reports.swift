/// Writes the reports on what became of a message, elements in schema order. (TS 23.140, 8.7.4, 8.7.5)
extension EnvelopeWriter {
    mutating func deliveryReportReq(_ report: DeliveryReportReq) throws(MM7Error) {
        try operation("DeliveryReportReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", report.mmsRelayServerID)
            try writer.xml.element("MessageID", report.messageID, .exact)
            try writer.party("Recipient", report.recipient)
            try writer.party("Sender", report.sender)
            try writer.date("Date", report.date)
            try writer.xml.element("MMStatus", report.mmStatus.wireName)
            try writer.text("MMStatusExtension", report.statusExtension, .mmStatusExtension)
            try writer.xml.element("StatusText", report.statusText)
            try writer.text("ApplicID", report.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", report.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", report.auxApplicInfo, .applicationAddressing)
            try writer.uaCapabilities(report.uaCapabilities)
        }
    }

    mutating func readReplyReq(_ reply: ReadReplyReq) throws(MM7Error) {
        try operation("ReadReplyReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", reply.mmsRelayServerID)
            try writer.xml.element("MessageID", reply.messageID, .exact)
            try writer.party("Recipient", reply.recipient)
            try writer.party("Sender", reply.sender)
            try writer.date("TimeStamp", reply.timeStamp)
            try writer.xml.element("MMStatus", reply.readStatus.wireName)
            try writer.xml.element("StatusText", reply.statusText)
            try writer.text("ApplicID", reply.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", reply.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", reply.auxApplicInfo, .applicationAddressing)
        }
    }
}
