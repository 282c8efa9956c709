import FoundationEssentials

@testable import MM7

extension Envelope {
    /// What a reader gets of this envelope after a writer of that profile wrote it without content: equal but for
    /// what the profile leaves out and for what the wire cannot say.
    ///
    /// The random round trips and the fuzzer both compare with this.
    func readBack(from profile: Profile) -> Envelope {
        let wire = Wire(profile, self)
        var copy = self
        copy.namespace = namespace ?? profile.namespace
        // In another namespace than the profile's goes the version that belongs there.
        let foreign = namespace.flatMap { $0 == profile.namespace ? nil : SchemaVersion.named($0) }
        copy.version = version ?? foreign?.version ?? profile.version
        switch body {
        case .submitReq(let request): copy.body = .submitReq(wire.submitReq(request))
        case .deliverReq(let request): copy.body = .deliverReq(wire.deliverReq(request))
        case .deliveryReportReq(let report): copy.body = .deliveryReportReq(wire.deliveryReportReq(report))
        case .readReplyReq(let reply): copy.body = .readReplyReq(wire.readReplyReq(reply))
        case .submitRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .submitRsp(response)
        case .deliverRsp(var response):
            response.status = wire.status(response.status)
            wire.keep(.answeredServiceCode, &response.serviceCode)
            copy.body = .deliverRsp(response)
        case .deliveryReportRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .deliveryReportRsp(response)
        case .readReplyRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .readReplyRsp(response)
        case .rsErrorRsp(let error): copy.body = .rsErrorRsp(ErrorRsp(status: wire.status(error.status)))
        case .vaspErrorRsp(let error): copy.body = .vaspErrorRsp(ErrorRsp(status: wire.status(error.status)))
        case .cancelReq(let request): copy.body = .cancelReq(wire.cancelReq(request))
        case .cancelRsp(let response): copy.body = .cancelRsp(CancelRsp(status: wire.status(response.status)))
        case .replaceReq(let request): copy.body = .replaceReq(wire.replaceReq(request))
        case .replaceRsp(let response): copy.body = .replaceRsp(ReplaceRsp(status: wire.status(response.status)))
        case .extendedCancelReq(var request):
            request.sender.address = request.sender.address.map(wire.sender)
            copy.body = .extendedCancelReq(request)
        case .extendedCancelRsp(let response):
            copy.body = .extendedCancelRsp(ExtendedCancelRsp(status: ResponseStatus(response.status.code)))
        case .extendedReplaceReq(let request): copy.body = .extendedReplaceReq(wire.extendedReplaceReq(request))
        case .extendedReplaceRsp(var response):
            response.status = ResponseStatus(response.status.code)
            copy.body = .extendedReplaceRsp(response)
        case .fault(var fault):
            if fault.error == nil { fault.side = .vasp }
            fault.string = fault.string ?? fault.code
            fault.error = fault.error.map { ErrorRsp(status: wire.status($0.status)) }
            copy.body = .fault(fault)
            // Without detail the namespace stands on the TransactionID alone, and the version nowhere.
            if fault.error == nil {
                copy.version = nil
                if transactionID == nil { copy.namespace = nil }
            }
        case .unknown: break
        }
        return copy
    }
}

/// The filters and forms of one profile in one namespace.
private struct Wire {
    let profile: Profile
    let elements: ElementSet

    init(_ profile: Profile, _ envelope: Envelope) {
        var profile = profile
        let own = SchemaVersion.named(profile.namespace)
        let schema = SchemaVersion.named(envelope.namespace ?? profile.namespace)
        // What the profile leaves out of its own schema it leaves out of every other.
        let omitted = own.map { $0.elements.subtracting(profile.elements) } ?? []
        elements = schema.map { $0.elements.subtracting(omitted) } ?? profile.elements
        if let schema, schema.namespace != profile.namespace { profile.hasPlainSender = schema.hasPlainSender }
        self.profile = profile
    }

    func keep<Value>(_ element: ElementSet, _ value: inout Value?) {
        if !elements.contains(element) { value = nil }
    }

    func status(_ status: ResponseStatus) -> ResponseStatus {
        ResponseStatus(status.code, text: status.text ?? status.code.standardText, details: status.details)
    }

    /// Telephone numbers are written in the profile's form, all other addresses as they are.
    func address(_ address: Address) -> Address {
        var copy = address
        if address.kind == .number, address.coding == nil {
            let plus = address.normalized.hasPrefix("0") || profile.addressForm == .plain ? "" : "+"
            copy.value = plus + address.normalized + (profile.addressForm == .typePLMN ? "/TYPE=PLMN" : "")
            copy.value = copy.value.xmlTrimmed
        }
        keep(.addressAttributes, &copy.coding)
        keep(.addressAttributes, &copy.id)
        return copy
    }

    /// SenderAddress and Sender, which some schemas have as text: their element is then guessed from it.
    func sender(_ given: Address) -> Address {
        let address = address(given)
        guard profile.hasPlainSender else { return address }
        let isNumber = Address(.number, address.value).normalized.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return Address(address.value.contains("@") ? .rfc2822 : isNumber ? .number : .shortCode, address.value)
    }

    func recipients(_ recipients: Recipients) -> Recipients {
        Recipients(
            to: recipients.to.map(address), cc: recipients.cc.map(address), bcc: recipients.bcc.map(address))
    }

    /// Fractions of a second are not written.
    func date(_ date: Date) -> Date { Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)) }

    func time(_ time: RelativeOrAbsoluteDate) -> RelativeOrAbsoluteDate {
        if case .absolute(let date) = time { return .absolute(self.date(date)) }
        return time
    }

    /// A time of delivery, which a profile may want counted from the TimeStamp.
    func deliveryTime(_ time: RelativeOrAbsoluteDate, _ submitted: Date?) -> RelativeOrAbsoluteDate {
        guard profile.expiryForm == .absolute, let submitted else { return self.time(time) }
        return .absolute(date(time.date(submitted: submitted)))
    }

    /// The reader decodes encoded words, whoever wrote them.
    func subject(_ subject: String) -> String? {
        let written = profile.subjectForm == .plain ? subject : EncodedWord.encode(subject)
        let trimmed = written.xmlTrimmed
        return trimmed.isEmpty ? nil : EncodedWord.decode(trimmed)
    }

    /// The oldest schema has another element for the same.
    func keepDistribution(_ mayDistribute: inout Bool?) {
        if elements.isDisjoint(with: [.distributionIndicator, .distributionProtection]) { mayDistribute = nil }
    }

    func content(_ content: ContentReference) -> ContentReference? { content.href.isEmpty ? nil : content }

    func capabilities(_ capabilities: UACapabilities) -> UACapabilities {
        UACapabilities(uaProf: capabilities.uaProf, timeStamp: capabilities.timeStamp.map(time))
    }
}

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

extension String {
    /// Without the white space of XML at both ends, as the reader hands out texts.
    fileprivate var xmlTrimmed: String {
        var bytes = Substring(self).utf8[...]
        while let first = bytes.first, first.isXMLSpace { bytes.removeFirst() }
        while let last = bytes.last, last.isXMLSpace { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
