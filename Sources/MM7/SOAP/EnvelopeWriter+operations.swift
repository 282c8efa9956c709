/// The operations, each with its children in schema order. (TS 23.140, 8.7)
extension EnvelopeWriter {
    mutating func body(_ body: Envelope.Body) throws(MM7Error) {
        switch body {
        case .submitReq(let request): try submitReq(request)
        case .submitRsp(let response): try submitRsp(response)
        case .deliverReq(let request): try deliverReq(request)
        case .deliverRsp(let response): try deliverRsp(response)
        case .deliveryReportReq(let report): try deliveryReportReq(report)
        case .deliveryReportRsp(let response): try self.response("DeliveryReportRsp", response.status)
        case .readReplyReq(let reply): try readReplyReq(reply)
        case .readReplyRsp(let response): try self.response("ReadReplyRsp", response.status)
        case .rsErrorRsp(let error): try response("RSErrorRsp", error.status)
        case .vaspErrorRsp(let error): try response("VASPErrorRsp", error.status)
        case .fault(let fault): try self.fault(fault)
        case .unknown:
            throw MM7Error(.unencodable, "an operation that was not understood cannot be written", place: "Body")
        }
    }

    mutating func submitReq(_ request: SubmitReq) throws(MM7Error) {
        let count = request.recipients.deliverable.count
        guard count > 0 else {
            throw MM7Error(.missingElement, "no recipient gets a copy", place: "Recipients")
        }
        guard count <= profile.recipientsPerRequest else {
            let limit = "profile '\(profile.name)' takes \(profile.recipientsPerRequest)"
            throw MM7Error(.unencodable, "\(count) recipients in one request, \(limit)", place: "Recipients")
        }

        try operation("SubmitReq") { writer throws(MM7Error) in
            writer.xml.open("SenderIdentification")
            try writer.xml.element("VASPID", request.sender.vaspID)
            try writer.xml.element("VASID", request.sender.vasID)
            try writer.sender("SenderAddress", request.sender.address)
            writer.xml.close("SenderIdentification")
            try writer.recipients(request.recipients)
            try writer.text("ServiceCode", request.serviceCode, .serviceCode)
            try writer.text("LinkedID", request.linkedID, .linkedID)
            try writer.text("MessageClass", request.messageClass?.rawValue, .messageClass)
            if writer.elements.contains(.timeStamp) { try writer.date("TimeStamp", request.timeStamp) }
            try writer.replyCharging(request.replyCharging)
            try writer.time("EarliestDeliveryTime", request.earliestDeliveryTime, request, .earliestDeliveryTime)
            try writer.time("ExpiryDate", request.expiryDate, request, .expiryDate)
            writer.flag("DeliveryReport", request.deliveryReport, .deliveryReport)
            writer.flag("ReadReply", request.readReply, .readReply)
            try writer.text("Priority", request.priority?.rawValue, .priority)
            try writer.subject(request.subject)
            try writer.text("ChargedParty", request.chargedParty?.rawValue, .chargedParty)
            try writer.text("ChargedPartyID", request.chargedPartyID, .chargedPartyID)
            writer.flag("DistributionIndicator", request.distributionIndicator, .distributionIndicator)
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

    /// A time of delivery, made absolute where the profile wants that.
    private mutating func time(
        _ name: StaticString, _ time: RelativeOrAbsoluteDate?, _ request: SubmitReq, _ element: ElementSet
    ) throws(MM7Error) {
        guard var time, elements.contains(element) else { return }
        if case .relative = time, profile.expiryForm == .absolute {
            guard let submitted = request.timeStamp else {
                let wish = "profile '\(profile.name)' wants absolute dates"
                throw MM7Error(
                    .unencodable, "\(wish), and the request has no TimeStamp to count from", place: "\(name)")
            }
            time = .absolute(time.date(submitted: submitted))
        }
        try xml.element(name, try wireText(time, of: name))
    }

    private mutating func deliveryCondition(_ conditions: [Int]) throws(MM7Error) {
        guard !conditions.isEmpty, elements.contains(.deliveryCondition) else { return }
        xml.open("DeliveryCondition")
        for condition in conditions { try xml.element("DC", String(condition)) }
        xml.close("DeliveryCondition")
    }

    private mutating func submitRsp(_ response: SubmitRsp) throws(MM7Error) {
        try operation("SubmitRsp") { writer throws(MM7Error) in
            try writer.status(response.status)
            try writer.xml.element("MessageID", response.messageID)
        }
    }

    private mutating func deliverReq(_ request: DeliverReq) throws(MM7Error) {
        try operation("DeliverReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", request.mmsRelayServerID)
            try writer.text("VASPID", request.vaspID, .deliveredToVASP)
            try writer.text("VASID", request.vasID, .deliveredToVASP)
            try writer.xml.element("LinkedID", request.linkedID)
            try writer.sender("Sender", request.sender)
            try writer.recipients(request.recipients)
            try writer.text("SenderSPI", request.senderSPI, .serviceProviders)
            try writer.text("RecipientSPI", request.recipientSPI, .serviceProviders)
            try writer.date("TimeStamp", request.timeStamp)
            try writer.xml.element("ReplyChargingID", request.replyChargingID)
            try writer.text("Priority", request.priority?.rawValue, .priority)
            try writer.subject(request.subject)
            try writer.text("ApplicID", request.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", request.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", request.auxApplicInfo, .applicationAddressing)
            try writer.uaCapabilities(request.uaCapabilities)
            try writer.content(request.content)
        }
    }

    private mutating func deliverRsp(_ response: DeliverRsp) throws(MM7Error) {
        try operation("DeliverRsp") { writer throws(MM7Error) in
            try writer.status(response.status)
            try writer.text("ServiceCode", response.serviceCode, .answeredServiceCode)
        }
    }

    private mutating func deliveryReportReq(_ report: DeliveryReportReq) throws(MM7Error) {
        try operation("DeliveryReportReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", report.mmsRelayServerID)
            try writer.xml.element("MessageID", report.messageID)
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

    private mutating func readReplyReq(_ reply: ReadReplyReq) throws(MM7Error) {
        try operation("ReadReplyReq") { writer throws(MM7Error) in
            try writer.xml.element("MMSRelayServerID", reply.mmsRelayServerID)
            try writer.xml.element("MessageID", reply.messageID)
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

    /// The children of Fault are unqualified. (SOAP 1.1, 4.4)
    private mutating func fault(_ fault: Fault) throws(MM7Error) {
        xml.literal("<env:Fault><faultcode>env:")
        try xml.text(fault.code, of: "faultcode")
        xml.literal("</faultcode><faultstring>")
        try xml.text(fault.string ?? fault.code, of: "faultstring")
        xml.literal("</faultstring>")
        if let error = fault.error {
            xml.literal("<detail>")
            try response(fault.side == .vasp ? "VASPErrorRsp" : "RSErrorRsp", error.status)
            xml.literal("</detail>")
        }
        xml.literal("</env:Fault>")
    }
}
