/// Writes messages from handsets, elements in schema order. (TS 23.140, 8.7.3)
extension EnvelopeWriter {
    mutating func deliverReq(_ request: DeliverReq) throws(MM7Error) {
        try operation("DeliverReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", request.mmsRelayServerID)
            try writer.text("VASPID", request.vaspID, .deliveredToVASP)
            try writer.text("VASID", request.vasID, .deliveredToVASP)
            try writer.xml.element("LinkedID", request.linkedID)
            try writer.sender("Sender", request.sender)
            try writer.recipients(request.recipients)
            try writer.previousSenders(request.previouslySentBy)
            try writer.previousSendings(request.previouslySentDateAndTime)
            try writer.text("SenderSPI", request.senderSPI, .serviceProviders)
            try writer.text("RecipientSPI", request.recipientSPI, .serviceProviders)
            try writer.date("TimeStamp", request.timeStamp)
            try writer.xml.element("ReplyChargingID", request.replyChargingID, .exact)
            try writer.text("Priority", request.priority?.rawValue, .priority)
            try writer.subject(request.subject)
            try writer.text("ApplicID", request.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", request.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", request.auxApplicInfo, .applicationAddressing)
            try writer.uaCapabilities(request.uaCapabilities)
            try writer.content(request.content)
        }
    }

    mutating func deliverRsp(_ response: DeliverRsp) throws(MM7Error) {
        try operation("DeliverRsp") { writer throws(MM7Error) in
            try writer.status(response.status)
            try writer.text("ServiceCode", response.serviceCode, .answeredServiceCode)
        }
    }

    private mutating func previousSenders(_ senders: [PreviousSender]) throws(MM7Error) {
        guard !senders.isEmpty, elements.contains(.previouslySent) else { return }
        xml.open("Previouslysentby")
        for sender in senders {
            xml.openWithAttributes("UserAgent")
            try xml.attribute("sequence", sender.sequence.map { String($0) })
            xml.literal(">")
            try address(sender.address)
            xml.close("UserAgent")
        }
        xml.close("Previouslysentby")
    }

    private mutating func previousSendings(_ sendings: [PreviousSending]) throws(MM7Error) {
        guard !sendings.isEmpty, elements.contains(.previouslySent) else { return }
        xml.open("Previouslysentdateandtime")
        for sending in sendings {
            xml.openWithAttributes("DateTime")
            try xml.attribute("sequence", sending.sequence.map { String($0) })
            xml.literal(">")
            try xml.text(wireText(sending.time, of: "Previouslysentdateandtime"), of: "DateTime")
            xml.close("DateTime")
        }
        xml.close("Previouslysentdateandtime")
    }
}
