/// Writes the operations that take back or replace what was submitted, elements in schema order. (TS 23.140, 8.7.2)
extension EnvelopeWriter {
    mutating func cancelReq(_ request: CancelReq) throws(MM7Error) {
        try operation("CancelReq") { writer throws(MM7Error) in
            try writer.sender(request.sender)
            try writer.xml.element("MessageID", request.messageID, .exact)
            try writer.text("ApplicID", request.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", request.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", request.auxApplicInfo, .applicationAddressing)
        }
    }

    mutating func replaceReq(_ request: ReplaceReq) throws(MM7Error) {
        let submitted = request.timeStamp
        try operation("ReplaceReq") { writer throws(MM7Error) in
            try writer.sender(request.sender)
            try writer.xml.element("MessageID", request.messageID, .exact)
            try writer.text("ServiceCode", request.serviceCode, .serviceCode)
            try writer.date("TimeStamp", request.timeStamp, .timeStamp)
            writer.flag("ReadReply", request.readReply, .readReply)
            try writer.time(
                "EarliestDeliveryTime", request.earliestDeliveryTime, from: submitted, .earliestDeliveryTime)
            writer.distributionIndicator(request.distributionIndicator)
            try writer.text("ContentClass", request.contentClass?.rawValue, .contentClass)
            writer.flag("DRMContent", request.drmContent, .drmContent)
            try writer.text("ApplicID", request.applicID, .applicationAddressing)
            try writer.text("ReplyApplicID", request.replyApplicID, .applicationAddressing)
            try writer.text("AuxApplicInfo", request.auxApplicInfo, .applicationAddressing)
            try writer.content(request.content)
        }
    }

    mutating func extendedCancelReq(_ request: ExtendedCancelReq) throws(MM7Error) {
        try operation("extendedCancelReq") { writer throws(MM7Error) in
            try writer.sender(request.sender)
            try writer.xml.element("CancelID", request.cancelID, .exact)
        }
    }

    mutating func extendedReplaceReq(_ request: ExtendedReplaceReq) throws(MM7Error) {
        let submitted = request.timeStamp
        try operation("extendedReplaceReq") { writer throws(MM7Error) in
            try writer.xml.element("VASPID", request.vaspID)
            try writer.xml.element("VASID", request.vasID)
            try writer.text("ServiceCode", request.serviceCode, .serviceCode)
            try writer.xml.element("ReplaceID", request.replaceID, .exact)
            try writer.date("TimeStamp", request.timeStamp, .timeStamp)
            try writer.time(
                "EarliestDeliveryTime", request.earliestDeliveryTime, from: submitted, .earliestDeliveryTime)
            try writer.time("ExpiryDate", request.expiryDate, from: submitted, .expiryDate)
            writer.flag("ReadReply", request.readReply, .readReply)
            writer.flag("DeliveryReport", request.deliveryReport, .deliveryReport)
            try writer.content(request.content)
        }
    }

    mutating func extendedCancelRsp(_ response: ExtendedCancelRsp) throws(MM7Error) {
        try operation("extendedCancelRsp") { writer throws(MM7Error) in
            try writer.bareStatus(response.status)
        }
    }

    mutating func extendedReplaceRsp(_ response: ExtendedReplaceRsp) throws(MM7Error) {
        try operation("extendedReplaceRsp") { writer throws(MM7Error) in
            try writer.xml.element("MessageID", response.messageID, .exact)
            try writer.bareStatus(response.status)
        }
    }

    /// The status of the two extended responses, which is its code alone.
    private mutating func bareStatus(_ status: ResponseStatus) throws(MM7Error) {
        xml.open("Status")
        try xml.element("StatusCode", String(status.code.rawValue))
        xml.close("Status")
    }
}
