import Foundation

@testable import MM7

/// What the writer can make, with as little and with as much as one schema has. A new operation is a line in `minimal`
/// and one in `full`.
struct SchemaSamples {
    let schema: SchemaVersion

    private var isRelease6: Bool { schema.elements.contains(.chargedPartyID) }
    private let date = Date(timeIntervalSince1970: 1_709_208_000)
    private let handset = Address.msisdn("15550100")
    private let service = Address.shortCode("55512")
    private var sender: SenderIdentification {
        SenderIdentification(vaspID: "acme", vasID: "acme-news", address: service)
    }

    var all: [Envelope.Body] { minimal + full }

    var minimal: [Envelope.Body] {
        [
            .submitReq(SubmitReq(sender: SenderIdentification(), recipients: Recipients(bcc: [handset]))),
            .submitRsp(SubmitRsp(status: .success, messageID: "m")),
            .deliverReq(DeliverReq(sender: handset)),
            .deliverRsp(DeliverRsp()),
            .deliveryReportReq(report(.retrieved)),
            .deliveryReportRsp(DeliveryReportRsp()),
            .readReplyReq(reply),
            .readReplyRsp(ReadReplyRsp()),
            .cancelReq(CancelReq(sender: SenderIdentification(), messageID: "m")),
            .cancelRsp(CancelRsp()),
            .replaceReq(ReplaceReq(sender: SenderIdentification(), messageID: "m")),
            .replaceRsp(ReplaceRsp()),
            .fault(Fault(code: "Client.TransactionID")),
            .fault(Fault(ResponseStatus(.serviceUnavailable), side: .vasp)),
            .fault(Fault(ResponseStatus(.serviceUnavailable), side: .relayServer)),
        ] + (isRelease6 ? extended : [])
    }

    var full: [Envelope.Body] {
        [
            .submitReq(fullSubmitReq),
            .submitRsp(SubmitRsp(status: status, messageID: "m")),
            .deliverReq(fullDeliverReq),
            .deliverRsp(DeliverRsp(status: status, serviceCode: "gold")),
            .deliveryReportReq(fullReport),
            .deliveryReportRsp(DeliveryReportRsp(status: status)),
            .readReplyReq(fullReply),
            .readReplyRsp(ReadReplyRsp(status: status)),
            .cancelReq(fullCancelReq),
            .cancelRsp(CancelRsp(status: status)),
            .replaceReq(fullReplaceReq),
            .replaceRsp(ReplaceRsp(status: status)),
            .rsErrorRsp(ErrorRsp(status: status)),
            .vaspErrorRsp(ErrorRsp(status: status)),
            .fault(Fault(status, side: .vasp)),
            .fault(Fault(status, side: .relayServer)),
        ] + statuses.map { .deliveryReportReq(report($0)) }
    }

    /// The operations that release 5 does not have.
    private var extended: [Envelope.Body] {
        [
            .extendedCancelReq(ExtendedCancelReq(sender: sender, cancelID: "c")),
            .extendedCancelRsp(ExtendedCancelRsp(status: status)),
            .extendedReplaceReq(ExtendedReplaceReq(replaceID: nil)),
            .extendedReplaceReq(fullExtendedReplaceReq),
            .extendedReplaceRsp(ExtendedReplaceRsp(messageID: "m", status: status)),
        ]
    }

    private var status: ResponseStatus { ResponseStatus(StatusCode(rawValue: 4321), text: "Busy", details: "<later>") }

    private var statuses: [MMStatus] {
        [.retrieved, .expired, .rejected, .indeterminate, .forwarded]
            + (isRelease6 ? [.deferred, .unrecognised, .deliveryConditionNotMet] : [])
    }

    private func report(_ status: MMStatus) -> DeliveryReportReq {
        var report = DeliveryReportReq(messageID: "m", recipient: handset, mmStatus: status)
        report.sender = service
        report.date = date
        return report
    }

    private var reply: ReadReplyReq {
        var reply = ReadReplyReq(messageID: "m", recipient: handset, readStatus: .deleted)
        reply.sender = service
        reply.timeStamp = date
        return reply
    }
}

extension SchemaSamples {
    private var recipients: Recipients {
        Recipients(
            to: [handset, Address(.number, "15550101", isDisplayOnly: true, id: "a1"), .rfc2822("ann@example.net")],
            cc: [service, Address(.number, "k7", coding: .encrypted)],
            bcc: [Address(.rfc2822, "k8", coding: .obfuscated, id: "a2")]
        )
    }

    private var fullSubmitReq: SubmitReq {
        var request = SubmitReq(sender: sender, recipients: recipients)
        request.serviceCode = "gold"
        request.linkedID = "mo-7"
        request.messageClass = .auto
        request.timeStamp = date
        request.replyCharging = ReplyCharging(sizeBytes: 2048, deadline: .relative(seconds: 90_061))
        request.earliestDeliveryTime = .absolute(date)
        request.expiryDate = .relative(seconds: 86_400)
        request.deliveryReport = true
        request.readReply = false
        request.priority = .high
        request.subject = "Salt & <Pepper> 🎈"
        request.chargedParty = isRelease6 ? .thirdParty : .both
        request.chargedPartyID = "payer-1"
        request.distributionIndicator = false
        request.deliveryConditions = [1, 2]
        request.applicID = "app"
        request.replyApplicID = "reply"
        request.auxApplicInfo = "aux"
        request.contentClass = .imageBasic
        request.drmContent = false
        request.content = ContentReference(href: "cid:picture", allowAdaptations: true)
        return request
    }

    private var fullDeliverReq: DeliverReq {
        var request = DeliverReq(sender: handset, recipients: recipients)
        request.mmsRelayServerID = "relay"
        request.vaspID = "acme"
        request.vasID = "acme-news"
        request.linkedID = "mo-7"
        request.previouslySentBy = [PreviousSender(handset, sequence: 1), PreviousSender(.rfc2822("ann@example.net"))]
        request.previouslySentDateAndTime = [
            PreviousSending(.absolute(date), sequence: 1), PreviousSending(.relative(seconds: 60)),
        ]
        request.senderSPI = "here"
        request.recipientSPI = "there"
        request.timeStamp = date
        request.replyChargingID = "m"
        request.priority = .low
        request.subject = "Hi"
        request.applicID = "app"
        request.replyApplicID = "reply"
        request.auxApplicInfo = "aux"
        request.uaCapabilities = UACapabilities(uaProf: "http://ua.example/?a&b", timeStamp: .absolute(date))
        request.content = ContentReference(href: "cid:picture")
        return request
    }

    private var fullCancelReq: CancelReq {
        var request = CancelReq(sender: sender, messageID: "m")
        request.applicID = "app"
        request.replyApplicID = "reply"
        request.auxApplicInfo = "aux"
        return request
    }

    private var fullReplaceReq: ReplaceReq {
        var request = ReplaceReq(sender: sender, messageID: "m")
        request.serviceCode = "gold"
        request.timeStamp = date
        request.readReply = true
        request.earliestDeliveryTime = .relative(seconds: 60)
        request.distributionIndicator = true
        request.contentClass = .text
        request.drmContent = false
        request.applicID = "app"
        request.replyApplicID = "reply"
        request.auxApplicInfo = "aux"
        request.content = ContentReference(href: "cid:picture", allowAdaptations: false)
        return request
    }

    private var fullExtendedReplaceReq: ExtendedReplaceReq {
        var request = ExtendedReplaceReq(replaceID: "c")
        request.vaspID = "acme"
        request.vasID = "acme-news"
        request.serviceCode = "gold"
        request.timeStamp = date
        request.earliestDeliveryTime = .absolute(date)
        request.expiryDate = .relative(seconds: 60)
        request.readReply = true
        request.deliveryReport = true
        request.content = ContentReference(href: "cid:picture")
        return request
    }

    private var fullReport: DeliveryReportReq {
        var report = report(.rejected)
        report.mmsRelayServerID = "relay"
        report.statusExtension = "RejectionByOtherRS"
        report.statusText = "no"
        report.applicID = "app"
        report.replyApplicID = "reply"
        report.auxApplicInfo = "aux"
        report.uaCapabilities = UACapabilities(uaProf: "http://ua.example/", timeStamp: .relative(seconds: 60))
        return report
    }

    private var fullReply: ReadReplyReq {
        var reply = reply
        reply.mmsRelayServerID = "relay"
        reply.statusText = "unread"
        reply.applicID = "app"
        reply.replyApplicID = "reply"
        reply.auxApplicInfo = "aux"
        return reply
    }
}
