/// Reads the operations that take back or replace what was submitted. (TS 23.140, 8.7.2)
extension EnvelopeReader {
    mutating func cancelReq(_ element: XMLTree.Element) throws(MM7Error) -> CancelReq {
        var request = CancelReq(sender: sender(element), messageID: try required("MessageID", of: element))
        request.applicID = element.text("ApplicID")
        request.replyApplicID = element.text("ReplyApplicID")
        request.auxApplicInfo = element.text("AuxApplicInfo")
        noteUnknown(
            element, "CancelReq",
            known: [
                "MM7Version", "SenderIdentification", "VASPID", "VASID", "Sender", "SenderAddress", "MessageID",
                "Recipients", "ApplicID",
                "ReplyApplicID", "AuxApplicInfo",
            ])
        return request
    }

    mutating func replaceReq(_ element: XMLTree.Element) throws(MM7Error) -> ReplaceReq {
        var request = ReplaceReq(sender: sender(element), messageID: try required("MessageID", of: element))
        request.serviceCode = element.text("ServiceCode")
        request.timeStamp = date(element, "TimeStamp", or: "Date")
        request.readReply = flag(element.text("ReadReply"))
        request.earliestDeliveryTime = time(element.text("EarliestDeliveryTime"), "EarliestDeliveryTime")
        request.distributionIndicator = distributionIndicator(element)
        request.contentClass = element.text("ContentClass").map { ContentClass(rawValue: $0) }
        request.drmContent = flag(element.text("DRMContent"))
        request.applicID = element.text("ApplicID")
        request.replyApplicID = element.text("ReplyApplicID")
        request.auxApplicInfo = element.text("AuxApplicInfo")
        request.content = content(element)
        noteUnknown(
            element, "ReplaceReq",
            known: [
                "MM7Version", "SenderIdentification", "VASPID", "VASID", "Sender", "SenderAddress", "MessageID",
                "ServiceCode", "TimeStamp", "ReadReply",
                "EarliestDeliveryTime", "DistributionIndicator", "DistributionProtection", "ContentClass",
                "DRMContent", "ApplicID", "ReplyApplicID", "AuxApplicInfo", "Content",
            ])
        return request
    }

    mutating func extendedCancelReq(_ element: XMLTree.Element) throws(MM7Error) -> ExtendedCancelReq {
        let request = ExtendedCancelReq(sender: sender(element), cancelID: try required("CancelID", of: element))
        noteUnknown(
            element, "extendedCancelReq",
            known: ["MM7Version", "SenderIdentification", "VASPID", "VASID", "Sender", "SenderAddress", "CancelID"])
        return request
    }

    mutating func extendedReplaceReq(_ element: XMLTree.Element) -> ExtendedReplaceReq {
        let sender = sender(element)
        var request = ExtendedReplaceReq(replaceID: element.text("ReplaceID"))
        request.vaspID = element.text("VASPID") ?? sender.vaspID
        request.vasID = element.text("VASID") ?? sender.vasID
        request.serviceCode = element.text("ServiceCode")
        request.timeStamp = date(element, "TimeStamp", or: "Date")
        request.earliestDeliveryTime = time(element.text("EarliestDeliveryTime"), "EarliestDeliveryTime")
        request.expiryDate = time(element.text("ExpiryDate"), "ExpiryDate")
        request.readReply = flag(element.text("ReadReply"))
        request.deliveryReport = flag(element.text("DeliveryReport"))
        request.content = content(element)
        noteUnknown(
            element, "extendedReplaceReq",
            known: [
                "MM7Version", "SenderIdentification", "VASPID", "VASID", "ServiceCode", "ReplaceID", "TimeStamp",
                "EarliestDeliveryTime", "ExpiryDate", "ReadReply", "DeliveryReport", "Content",
            ])
        return request
    }

    mutating func extendedReplaceRsp(_ element: XMLTree.Element) throws(MM7Error) -> ExtendedReplaceRsp {
        ExtendedReplaceRsp(messageID: element.text("MessageID"), status: try status(element))
    }
}
