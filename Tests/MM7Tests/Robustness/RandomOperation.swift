import Testing

@testable import MM7

/// An operation with random optional elements. A new one takes a function below and a line in `all`.
struct RandomOperation: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (inout SplitMix64) -> Envelope.Body

    var testDescription: String { name }

    static let all = [
        RandomOperation(name: "SubmitReq", make: submitReq),
        RandomOperation(name: "SubmitRsp", make: submitRsp),
        RandomOperation(name: "DeliverReq", make: deliverReq),
        RandomOperation(name: "DeliverRsp", make: deliverRsp),
        RandomOperation(name: "DeliveryReportReq", make: deliveryReportReq),
        RandomOperation(name: "DeliveryReportRsp") { .deliveryReportRsp(DeliveryReportRsp(status: $0.status())) },
        RandomOperation(name: "ReadReplyReq", make: readReplyReq),
        RandomOperation(name: "ReadReplyRsp") { .readReplyRsp(ReadReplyRsp(status: $0.status())) },
        RandomOperation(name: "RSErrorRsp") { .rsErrorRsp(ErrorRsp(status: $0.status())) },
        RandomOperation(name: "VASPErrorRsp") { .vaspErrorRsp(ErrorRsp(status: $0.status())) },
        RandomOperation(name: "Fault", make: fault),
        RandomOperation(name: "CancelReq", make: cancelReq),
        RandomOperation(name: "CancelRsp") { .cancelRsp(CancelRsp(status: $0.status())) },
        RandomOperation(name: "ReplaceReq", make: replaceReq),
        RandomOperation(name: "ReplaceRsp") { .replaceRsp(ReplaceRsp(status: $0.status())) },
        RandomOperation(name: "extendedCancelReq", make: extendedCancelReq),
        RandomOperation(name: "extendedCancelRsp") { .extendedCancelRsp(ExtendedCancelRsp(status: $0.status())) },
        RandomOperation(name: "extendedReplaceReq", make: extendedReplaceReq),
        RandomOperation(name: "extendedReplaceRsp", make: extendedReplaceRsp),
        // Further operations: here.
    ]

    /// The operation in an envelope, in the namespace of the profile or of any schema that has it.
    func envelope(_ generator: inout SplitMix64) -> Envelope {
        let body = make(&generator)
        let needed = body.operation.flatMap { OperationSet(request: $0) } ?? []
        let schemas = SchemaVersion.known.filter { $0.operations.contains(needed) }
        let namespace = generator.one(of: schemas).namespace
        let isEverywhere = schemas.count == SchemaVersion.known.count
        return Envelope(
            transactionID: generator.maybe { $0.text() },
            namespace: isEverywhere && generator.flag() ? nil : namespace,
            version: generator.maybe { $0.one(of: ["5.3.0", "6.8.0", "6.12.0"]) },
            body: body
        )
    }
}

extension RandomOperation {
    @Sendable private static func submitReq(_ random: inout SplitMix64) -> Envelope.Body {
        var request = SubmitReq(sender: random.sender(), recipients: random.recipients())
        request.serviceCode = random.maybe { $0.text() }
        request.linkedID = random.maybe { $0.text() }
        request.messageClass = random.maybe { $0.one(of: [.personal, .auto, MessageClass(rawValue: $0.text())]) }
        request.timeStamp = random.maybe { $0.date() }
        request.replyCharging = random.maybe { random in
            ReplyCharging(sizeBytes: random.maybe { $0.number(0...1_000_000) }, deadline: random.maybe { $0.time() })
        }
        // Where a profile wants absolute times, relative ones need a TimeStamp to count from.
        if request.timeStamp != nil {
            request.earliestDeliveryTime = random.maybe { $0.time() }
            request.expiryDate = random.maybe { $0.time() }
        } else {
            request.expiryDate = random.maybe { .absolute($0.date()) }
        }
        request.deliveryReport = random.maybe { $0.flag() }
        request.readReply = random.maybe { $0.flag() }
        request.priority = random.maybe { $0.one(of: [.normal, .high, .low]) }
        request.subject = random.maybe { $0.text(0...60) }
        request.chargedParty = random.maybe { $0.one(of: [.sender, .both, .thirdParty]) }
        request.chargedPartyID = random.maybe { $0.text() }
        request.distributionIndicator = random.maybe { $0.flag() }
        request.deliveryConditions = random.list(0...3) { $0.number(0...99) }
        request.applicID = random.maybe { $0.text() }
        request.replyApplicID = random.maybe { $0.text() }
        request.auxApplicInfo = random.maybe { $0.text() }
        request.contentClass = random.maybe { $0.one(of: [.text, .imageRich, .contentBasic]) }
        request.drmContent = random.maybe { $0.flag() }
        request.content = random.maybe { $0.content() }
        return .submitReq(request)
    }

    @Sendable private static func submitRsp(_ random: inout SplitMix64) -> Envelope.Body {
        .submitRsp(SubmitRsp(status: random.status(), messageID: random.maybe { $0.text() }))
    }

    @Sendable private static func deliverReq(_ random: inout SplitMix64) -> Envelope.Body {
        var request = DeliverReq(sender: random.address(), recipients: Recipients())
        if random.flag() { request.recipients = random.recipients() }
        request.mmsRelayServerID = random.maybe { $0.text() }
        request.vaspID = random.maybe { $0.text() }
        request.vasID = random.maybe { $0.text() }
        request.linkedID = random.maybe { $0.text() }
        request.previouslySentBy = random.list(0...2) { random in
            PreviousSender(random.address(isDisplayOnly: random.flag()), sequence: random.maybe { $0.number(0...9) })
        }
        request.previouslySentDateAndTime = random.list(0...2) { random in
            PreviousSending(random.time(), sequence: random.maybe { $0.number(0...9) })
        }
        request.senderSPI = random.maybe { $0.text() }
        request.recipientSPI = random.maybe { $0.text() }
        request.timeStamp = random.maybe { $0.date() }
        request.replyChargingID = random.maybe { $0.text() }
        request.priority = random.maybe { $0.one(of: [.normal, .high, .low]) }
        request.subject = random.maybe { $0.text(0...60) }
        request.applicID = random.maybe { $0.text() }
        request.replyApplicID = random.maybe { $0.text() }
        request.auxApplicInfo = random.maybe { $0.text() }
        request.uaCapabilities = random.maybe { $0.uaCapabilities() }
        request.content = random.maybe { $0.content() }
        return .deliverReq(request)
    }

    @Sendable private static func deliverRsp(_ random: inout SplitMix64) -> Envelope.Body {
        .deliverRsp(DeliverRsp(status: random.status(), serviceCode: random.maybe { $0.text() }))
    }

    @Sendable private static func deliveryReportReq(_ random: inout SplitMix64) -> Envelope.Body {
        let fates: [MMStatus] = [.retrieved, .expired, .deferred, .unreachable, .other(random.text())]
        var report = DeliveryReportReq(
            messageID: random.text(), recipient: random.maybe { $0.address() }, mmStatus: random.one(of: fates))
        report.mmsRelayServerID = random.maybe { $0.text() }
        report.sender = random.maybe { $0.address() }
        report.date = random.maybe { $0.date() }
        report.statusExtension = random.maybe { $0.text() }
        report.statusText = random.maybe { $0.text() }
        report.applicID = random.maybe { $0.text() }
        report.replyApplicID = random.maybe { $0.text() }
        report.auxApplicInfo = random.maybe { $0.text() }
        report.uaCapabilities = random.maybe { $0.uaCapabilities() }
        return .deliveryReportReq(report)
    }

    @Sendable private static func readReplyReq(_ random: inout SplitMix64) -> Envelope.Body {
        let statuses: [ReadStatus] = [.read, .deleted, .indeterminate, .other(random.text())]
        var reply = ReadReplyReq(
            messageID: random.text(), recipient: random.maybe { $0.address() }, readStatus: random.one(of: statuses))
        reply.mmsRelayServerID = random.maybe { $0.text() }
        reply.sender = random.maybe { $0.address() }
        reply.timeStamp = random.maybe { $0.date() }
        reply.statusText = random.maybe { $0.text() }
        reply.applicID = random.maybe { $0.text() }
        reply.replyApplicID = random.maybe { $0.text() }
        reply.auxApplicInfo = random.maybe { $0.text() }
        return .readReplyReq(reply)
    }

    @Sendable private static func fault(_ random: inout SplitMix64) -> Envelope.Body {
        var fault = Fault(code: random.one(of: ["Client", "Server", "Client.TransactionID"]))
        fault.string = random.maybe { $0.text() }
        fault.error = random.maybe { ErrorRsp(status: $0.status()) }
        if fault.error != nil { fault.side = random.one(of: [.vasp, .relayServer]) }
        return .fault(fault)
    }
}

extension RandomOperation {
    @Sendable private static func cancelReq(_ random: inout SplitMix64) -> Envelope.Body {
        var request = CancelReq(sender: random.sender(), messageID: random.text())
        request.applicID = random.maybe { $0.text() }
        request.replyApplicID = random.maybe { $0.text() }
        request.auxApplicInfo = random.maybe { $0.text() }
        return .cancelReq(request)
    }

    @Sendable private static func replaceReq(_ random: inout SplitMix64) -> Envelope.Body {
        var request = ReplaceReq(sender: random.sender(), messageID: random.text())
        request.serviceCode = random.maybe { $0.text() }
        request.timeStamp = random.maybe { $0.date() }
        request.readReply = random.maybe { $0.flag() }
        if request.timeStamp != nil { request.earliestDeliveryTime = random.maybe { $0.time() } }
        request.distributionIndicator = random.maybe { $0.flag() }
        request.contentClass = random.maybe { $0.one(of: [.text, .megapixel]) }
        request.drmContent = random.maybe { $0.flag() }
        request.applicID = random.maybe { $0.text() }
        request.replyApplicID = random.maybe { $0.text() }
        request.auxApplicInfo = random.maybe { $0.text() }
        request.content = random.maybe { $0.content() }
        return .replaceReq(request)
    }

    @Sendable private static func extendedCancelReq(_ random: inout SplitMix64) -> Envelope.Body {
        .extendedCancelReq(ExtendedCancelReq(sender: random.sender(), cancelID: random.text()))
    }

    @Sendable private static func extendedReplaceReq(_ random: inout SplitMix64) -> Envelope.Body {
        var request = ExtendedReplaceReq(replaceID: random.maybe { $0.text() })
        request.vaspID = random.maybe { $0.text() }
        request.vasID = random.maybe { $0.text() }
        request.serviceCode = random.maybe { $0.text() }
        request.timeStamp = random.maybe { $0.date() }
        if request.timeStamp != nil {
            request.earliestDeliveryTime = random.maybe { $0.time() }
            request.expiryDate = random.maybe { $0.time() }
        }
        request.readReply = random.maybe { $0.flag() }
        request.deliveryReport = random.maybe { $0.flag() }
        request.content = random.maybe { $0.content() }
        return .extendedReplaceReq(request)
    }

    @Sendable private static func extendedReplaceRsp(_ random: inout SplitMix64) -> Envelope.Body {
        .extendedReplaceRsp(ExtendedReplaceRsp(messageID: random.maybe { $0.text() }, status: random.status()))
    }
}
