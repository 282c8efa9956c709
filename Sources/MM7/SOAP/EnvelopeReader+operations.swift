/// The operations, with the dialects of each. (TS 23.140, 8.7)
extension EnvelopeReader {
    mutating func submitReq(_ element: XMLTree.Element) -> SubmitReq {
        let identification = element.child("SenderIdentification")
        var request = SubmitReq(
            sender: SenderIdentification(
                vaspID: identification?.text("VASPID"),
                vasID: identification?.text("VASID"),
                address: address(identification?.child("SenderAddress")) ?? address(element.child("Sender"))
            ),
            recipients: recipients(element.child("Recipients"))
        )
        request.serviceCode = element.text("ServiceCode")
        request.linkedID = element.text("LinkedID")
        request.messageClass = element.text("MessageClass").map { MessageClass(rawValue: $0) }
        request.timeStamp = date(element, "TimeStamp")
        if let charging = element.child("ReplyCharging") {
            request.replyCharging = ReplyCharging(
                sizeBytes: charging.attribute("replyChargingSize").flatMap { Int($0) },
                deadline: time(charging.attribute("replyDeadline"), "ReplyCharging")
            )
        }
        request.earliestDeliveryTime = time(element.text("EarliestDeliveryTime"), "EarliestDeliveryTime")
        request.expiryDate = time(element.text("ExpiryDate"), "ExpiryDate")
        request.deliveryReport = flag(element.text("DeliveryReport"))
        request.readReply = flag(element.text("ReadReply"))
        request.priority = element.text("Priority").map { Priority(rawValue: $0) }
        request.subject = element.text("Subject").map { EncodedWord.decode($0) }
        request.chargedParty = element.text("ChargedParty").map { ChargedParty(rawValue: $0) }
        request.chargedPartyID = element.text("ChargedPartyID")
        // The oldest schema says the opposite: that the content is protected from redistribution.
        request.distributionIndicator =
            flag(element.text("DistributionIndicator")) ?? flag(element.text("DistributionProtection")).map { !$0 }
        request.deliveryConditions =
            (element.child("DeliveryCondition")?.children).map { conditions in
                conditions.compactMap { $0.isNamed("DC") ? Int($0.text) : nil }
            } ?? []
        request.applicID = element.text("ApplicID")
        request.replyApplicID = element.text("ReplyApplicID")
        request.auxApplicInfo = element.text("AuxApplicInfo")
        request.contentClass = element.text("ContentClass").map { ContentClass(rawValue: $0) }
        request.drmContent = flag(element.text("DRMContent"))
        request.content = content(element)
        noteUnknown(
            element, "SubmitReq",
            known: [
                "MM7Version", "SenderIdentification", "Sender", "Recipients", "ServiceCode", "LinkedID",
                "MessageClass", "TimeStamp", "ReplyCharging", "EarliestDeliveryTime", "ExpiryDate", "DeliveryReport",
                "ReadReply", "Priority", "Subject", "ChargedParty", "ChargedPartyID", "DistributionIndicator",
                "DistributionProtection", "DeliveryCondition", "ApplicID", "ReplyApplicID", "AuxApplicInfo",
                "ContentClass", "DRMContent", "Content",
            ])
        return request
    }

    mutating func submitRsp(_ element: XMLTree.Element) throws(MM7Error) -> SubmitRsp {
        SubmitRsp(status: try status(element), messageID: element.text("MessageID"))
    }

    mutating func deliverReq(_ element: XMLTree.Element) -> DeliverReq {
        let identification = element.child("SenderIdentification")
        var request = DeliverReq(
            sender: address(element.child("Sender")) ?? address(identification?.child("SenderAddress")),
            recipients: recipients(element.child("Recipients"))
        )
        if request.sender == nil { notes.add("DeliverReq has no Sender") }
        request.mmsRelayServerID = element.text("MMSRelayServerID")
        request.vaspID = element.text("VASPID") ?? identification?.text("VASPID")
        request.vasID = element.text("VASID") ?? identification?.text("VASID")
        request.linkedID = element.text("LinkedID")
        request.senderSPI = element.text("SenderSPI")
        request.recipientSPI = element.text("RecipientSPI")
        request.timeStamp = date(element, "TimeStamp") ?? date(element, "Date")
        request.replyChargingID = element.text("ReplyChargingID")
        request.priority = element.text("Priority").map { Priority(rawValue: $0) }
        request.subject = element.text("Subject").map { EncodedWord.decode($0) }
        request.applicID = element.text("ApplicID")
        request.replyApplicID = element.text("ReplyApplicID")
        request.auxApplicInfo = element.text("AuxApplicInfo")
        request.uaCapabilities = uaCapabilities(element)
        request.content = content(element)
        noteUnknown(
            element, "DeliverReq",
            known: [
                "MM7Version", "MMSRelayServerID", "VASPID", "VASID", "SenderIdentification", "LinkedID", "Sender",
                "Recipients", "Previouslysentby", "Previouslysentdateandtime", "SenderSPI", "RecipientSPI",
                "TimeStamp", "Date", "ReplyChargingID", "Priority", "Subject", "ApplicID", "ReplyApplicID",
                "AuxApplicInfo", "UACapabilities", "Content",
            ])
        return request
    }

    mutating func deliverRsp(_ element: XMLTree.Element) throws(MM7Error) -> DeliverRsp {
        DeliverRsp(status: try status(element), serviceCode: element.text("ServiceCode"))
    }

    mutating func deliveryReportReq(_ element: XMLTree.Element) throws(MM7Error) -> DeliveryReportReq {
        var report = DeliveryReportReq(
            messageID: try messageID(element),
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
        guard let status = element.text("MMStatus") else {
            throw MM7Error(.missingElement, "the read reply has no MMStatus", place: "MMStatus")
        }
        var reply = ReadReplyReq(
            messageID: try messageID(element),
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

    private func messageID(_ element: XMLTree.Element) throws(MM7Error) -> String {
        guard let id = element.text("MessageID") else {
            throw MM7Error(.missingElement, "the report names no message", place: "MessageID")
        }
        return id
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
