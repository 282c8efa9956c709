@testable import MM7

extension Wire {
    func submitReq(_ request: SubmitReq) -> SubmitReq {
        var copy = request
        copy.sender.address = request.sender.address.map(sender)
        copy.recipients = recipients(request.recipients)
        keep(.serviceCode, &copy.serviceCode)
        keep(.linkedID, &copy.linkedID)
        keep(.messageClass, &copy.messageClass)
        copy.timeStamp = request.timeStamp.map(date)
        keep(.timeStamp, &copy.timeStamp)
        copy.replyCharging?.deadline = request.replyCharging?.deadline.map(time)
        keep(.replyCharging, &copy.replyCharging)
        copy.earliestDeliveryTime = request.earliestDeliveryTime.map { deliveryTime($0, request.timeStamp) }
        keep(.earliestDeliveryTime, &copy.earliestDeliveryTime)
        copy.expiryDate = request.expiryDate.map { deliveryTime($0, request.timeStamp) }
        keep(.expiryDate, &copy.expiryDate)
        keep(.deliveryReport, &copy.deliveryReport)
        keep(.readReply, &copy.readReply)
        keep(.priority, &copy.priority)
        copy.subject = request.subject.flatMap(subject)
        keep(.subject, &copy.subject)
        keep(.chargedParty, &copy.chargedParty)
        if copy.chargedParty == .thirdParty { keep(.chargedPartyID, &copy.chargedParty) }
        keep(.chargedPartyID, &copy.chargedPartyID)
        keepDistribution(&copy.distributionIndicator)
        if !elements.contains(.deliveryCondition) { copy.deliveryConditions = [] }
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        keep(.contentClass, &copy.contentClass)
        keep(.drmContent, &copy.drmContent)
        copy.content = request.content.flatMap(content)
        return copy
    }

    func deliverReq(_ request: DeliverReq) -> DeliverReq {
        var copy = request
        keep(.deliveredToVASP, &copy.vaspID)
        keep(.deliveredToVASP, &copy.vasID)
        copy.sender = request.sender.map(sender)
        copy.recipients = recipients(request.recipients)
        copy.previouslySentBy = request.previouslySentBy.map {
            PreviousSender(address($0.address), sequence: $0.sequence)
        }
        copy.previouslySentDateAndTime = request.previouslySentDateAndTime.map {
            PreviousSending(time($0.time), sequence: $0.sequence)
        }
        if !elements.contains(.previouslySent) {
            copy.previouslySentBy = []
            copy.previouslySentDateAndTime = []
        }
        keep(.serviceProviders, &copy.senderSPI)
        keep(.serviceProviders, &copy.recipientSPI)
        copy.timeStamp = request.timeStamp.map(date)
        keep(.priority, &copy.priority)
        copy.subject = request.subject.flatMap(subject)
        keep(.subject, &copy.subject)
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        copy.uaCapabilities = request.uaCapabilities.map(capabilities)
        keep(.uaCapabilities, &copy.uaCapabilities)
        copy.content = request.content.flatMap(content)
        return copy
    }

    func deliveryReportReq(_ report: DeliveryReportReq) -> DeliveryReportReq {
        var copy = report
        copy.recipient = report.recipient.map(address)
        copy.sender = report.sender.map(address)
        copy.date = report.date.map(date)
        // A word that came in another element may be one of MMStatus.
        copy.mmStatus = MMStatus(report.mmStatus.wireName)
        keep(.mmStatusExtension, &copy.statusExtension)
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        copy.uaCapabilities = report.uaCapabilities.map(capabilities)
        keep(.uaCapabilities, &copy.uaCapabilities)
        return copy
    }

    func readReplyReq(_ reply: ReadReplyReq) -> ReadReplyReq {
        var copy = reply
        copy.recipient = reply.recipient.map(address)
        copy.sender = reply.sender.map(address)
        copy.timeStamp = reply.timeStamp.map(date)
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        return copy
    }
}

extension Wire {
    func cancelReq(_ request: CancelReq) -> CancelReq {
        var copy = request
        copy.sender.address = request.sender.address.map(sender)
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        return copy
    }

    func replaceReq(_ request: ReplaceReq) -> ReplaceReq {
        var copy = request
        copy.sender.address = request.sender.address.map(sender)
        keep(.serviceCode, &copy.serviceCode)
        copy.timeStamp = request.timeStamp.map(date)
        keep(.timeStamp, &copy.timeStamp)
        keep(.readReply, &copy.readReply)
        copy.earliestDeliveryTime = request.earliestDeliveryTime.map { deliveryTime($0, request.timeStamp) }
        keep(.earliestDeliveryTime, &copy.earliestDeliveryTime)
        keepDistribution(&copy.distributionIndicator)
        keep(.contentClass, &copy.contentClass)
        keep(.drmContent, &copy.drmContent)
        keep(.applicationAddressing, &copy.applicID)
        keep(.applicationAddressing, &copy.replyApplicID)
        keep(.applicationAddressing, &copy.auxApplicInfo)
        copy.content = request.content.flatMap(content)
        return copy
    }

    func extendedReplaceReq(_ request: ExtendedReplaceReq) -> ExtendedReplaceReq {
        var copy = request
        keep(.serviceCode, &copy.serviceCode)
        copy.timeStamp = request.timeStamp.map(date)
        keep(.timeStamp, &copy.timeStamp)
        copy.earliestDeliveryTime = request.earliestDeliveryTime.map { deliveryTime($0, request.timeStamp) }
        keep(.earliestDeliveryTime, &copy.earliestDeliveryTime)
        copy.expiryDate = request.expiryDate.map { deliveryTime($0, request.timeStamp) }
        keep(.expiryDate, &copy.expiryDate)
        keep(.readReply, &copy.readReply)
        keep(.deliveryReport, &copy.deliveryReport)
        copy.content = request.content.flatMap(content)
        return copy
    }
}
