/// Reads submissions and their answers, in all dialects. (TS 23.140, 8.7.2)
extension EnvelopeReader {
    mutating func submitReq(_ element: XMLTree.Element) -> SubmitReq {
        var request = SubmitReq(sender: sender(element), recipients: recipientsOrRecipient(element))
        request.serviceCode = element.text("ServiceCode")
        request.linkedID = element.text("LinkedID")
        request.messageClass = element.text("MessageClass").map { MessageClass(rawValue: $0) }
        request.timeStamp = date(element, "TimeStamp", or: "Date")
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
        request.distributionIndicator = distributionIndicator(element)
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
                "MM7Version", "SenderIdentification", "VASPID", "VASID", "Sender", "SenderAddress", "Recipients",
                "Recipient",
                "RecipientAddress", "Date", "ServiceCode", "LinkedID",
                "MessageClass", "TimeStamp", "ReplyCharging", "EarliestDeliveryTime", "ExpiryDate", "DeliveryReport",
                "ReadReply", "Priority", "Subject", "ChargedParty", "ChargedPartyID", "DistributionIndicator",
                "DistributionProtection", "DeliveryCondition", "ApplicID", "ReplyApplicID", "AuxApplicInfo",
                "ContentClass", "DRMContent", "Content",
            ])
        return request
    }

    mutating func submitRsp(_ element: XMLTree.Element) throws(MM7Error) -> SubmitRsp {
        // Some peers put the MessageID inside Status, or beside the operation.
        let inner = element.descendant { $0.isNamed("MessageID") && !$0.text.isEmpty }
        return SubmitRsp(status: try status(element), messageID: element.text("MessageID") ?? inner?.text)
    }
}
