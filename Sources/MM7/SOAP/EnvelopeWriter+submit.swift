/// Writes submissions and their answers, elements in schema order. (TS 23.140, 8.7.2)
extension EnvelopeWriter {
    mutating func submitReq(_ request: SubmitReq) throws(MM7Error) {
        let count = request.recipients.deliverable.count
        guard count > 0 else {
            throw MM7Error(.missingElement, "no recipient gets a copy", element: "Recipients")
        }
        guard count <= profile.recipientsPerRequest else {
            let limit = "profile '\(profile.name)' takes \(profile.recipientsPerRequest)"
            throw MM7Error(.unencodable, "\(count) recipients in one request, \(limit)", element: "Recipients")
        }

        let submitted = request.timeStamp
        try operation("SubmitReq") { writer throws(MM7Error) in
            try writer.sender(request.sender)
            try writer.recipients(request.recipients)
            try writer.text("ServiceCode", request.serviceCode, .serviceCode)
            try writer.text("LinkedID", request.linkedID, .linkedID)
            try writer.text("MessageClass", request.messageClass?.rawValue, .messageClass)
            try writer.date("TimeStamp", request.timeStamp, .timeStamp)
            try writer.replyCharging(request.replyCharging)
            try writer.time(
                "EarliestDeliveryTime", request.earliestDeliveryTime, from: submitted, .earliestDeliveryTime)
            try writer.time("ExpiryDate", request.expiryDate, from: submitted, .expiryDate)
            writer.flag("DeliveryReport", request.deliveryReport, .deliveryReport)
            writer.flag("ReadReply", request.readReply, .readReply)
            try writer.text("Priority", request.priority?.rawValue, .priority)
            try writer.subject(request.subject)
            try writer.chargedParty(request.chargedParty)
            try writer.text("ChargedPartyID", request.chargedPartyID, .chargedPartyID)
            writer.distributionIndicator(request.distributionIndicator)
            try writer.deliveryCondition(request.deliveryConditions)
            try writer.text("ApplicID", request.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", request.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", request.auxApplicInfo, .applicationAddressing)
            try writer.text("ContentClass", request.contentClass?.rawValue, .contentClass)
            writer.flag("DRMContent", request.drmContent, .drmContent)
            try writer.content(request.content)
        }
    }

    private mutating func replyCharging(_ charging: ReplyCharging?) throws(MM7Error) {
        guard let charging, elements.contains(.replyCharging) else { return }
        xml.openWithAttributes("ReplyCharging")
        try xml.attribute("replyChargingSize", charging.sizeBytes.map { String($0) })
        if let deadline = charging.deadline {
            try xml.attribute("replyDeadline", try wireText(deadline, of: "ReplyCharging"))
        }
        xml.literal("/>")
    }

    /// ChargedParty; a third party is written only where the schema has an element that names it. (R6)
    private mutating func chargedParty(_ party: ChargedParty?) throws(MM7Error) {
        guard party != .thirdParty || elements.contains(.chargedPartyID) else { return }
        try text("ChargedParty", party?.rawValue, .chargedParty)
    }

    private mutating func deliveryCondition(_ conditions: [Int]) throws(MM7Error) {
        guard !conditions.isEmpty, elements.contains(.deliveryCondition) else { return }
        xml.open("DeliveryCondition")
        for condition in conditions { try xml.element("DC", String(condition)) }
        xml.close("DeliveryCondition")
    }

    mutating func submitRsp(_ response: SubmitRsp) throws(MM7Error) {
        try operation("SubmitRsp") { writer throws(MM7Error) in
            try writer.status(response.status)
            try writer.xml.element("MessageID", response.messageID, .exact)
        }
    }
}
