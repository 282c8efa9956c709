import Foundation
import Testing

@testable import MM7

@Suite struct AnswerWritingTests {
    @Test("an answer is in the namespace and version of the request")
    func peersNamespace() throws {
        let report = try MessageReader().read(Fixture.bytes("Dialects/report-status-code.xml"), contentType: "text/xml")

        let answer = report.envelope.answer(.deliveryReportRsp(DeliveryReportRsp()))
        let message = try MessageWriter(profile: .standard).write(answer)

        #expect(String(decoding: message.bytes, as: UTF8.self) == (try Fixture.text("report-answer.xml")))
    }

    @Test(
        "a request gets its own response, anything else a fault",
        arguments: [
            (Envelope.Body.deliverReq(DeliverReq(sender: nil)), "DeliverRsp"),
            (.readReplyReq(ReadReplyReq(messageID: "m", recipient: nil, readStatus: .read)), "ReadReplyRsp"),
            (.cancelReq(CancelReq(sender: SenderIdentification(), messageID: "m")), "CancelRsp"),
            (.replaceReq(ReplaceReq(sender: SenderIdentification(), messageID: "m")), "ReplaceRsp"),
            (
                .extendedCancelReq(ExtendedCancelReq(sender: SenderIdentification(), cancelID: "c")),
                "extendedCancelRsp"
            ),
            (.extendedReplaceReq(ExtendedReplaceReq(replaceID: "c")), "extendedReplaceRsp"),
            (.unknown(name: "QueryStatusReq"), "Fault"),
        ])
    func matchingResponse(body: Envelope.Body, name: String) {
        let request = Envelope(transactionID: "t", namespace: "urn:n", version: "5.3.0", body: body)

        let answer = request.answer(ResponseStatus(.serviceUnavailable), side: .vasp)

        #expect(answer.operationName == name)
        #expect(answer.status?.code == .serviceUnavailable)
        #expect(answer.transactionID == "t" && answer.namespace == "urn:n" && answer.version == "5.3.0")
    }

    @Test("an unknown operation is answered with a fault that holds VASPErrorRsp")
    func fault() throws {
        let status = ResponseStatus(.unsupportedOperation, details: "QueryStatusReq")
        let envelope = Envelope(transactionID: "r-2", body: .fault(Fault(status, side: .vasp)))

        let message = try MessageWriter(profile: .standard).write(envelope)

        #expect(String(decoding: message.bytes, as: UTF8.self) == (try Fixture.text("fault-answer.xml")))
    }

    @Test("an envelope with a namespace of its own is written as the schema of that has it")
    func foreignNamespace() throws {
        let oldest = try #require(SchemaVersion.known.first)
        var request = SubmitReq(
            sender: SenderIdentification(address: .shortCode("55512")),
            recipients: Recipients(to: [.msisdn("15550100")]))
        request.distributionIndicator = false
        let envelope = Envelope(transactionID: "t", namespace: oldest.namespace, body: .submitReq(request))

        let text = String(decoding: try MessageWriter(profile: .standard).write(envelope).bytes, as: UTF8.self)

        #expect(text.contains("<SenderAddress>55512</SenderAddress>"))
        #expect(text.contains("<DistributionProtection>true</DistributionProtection>"))
        #expect(text.contains("<MM7Version>5.3.0</MM7Version>"))
        try SchemaValidator(namespace: oldest.namespace).validate(Array(text.utf8))
    }

    @Test("an answer without TransactionID has no SOAP header")
    func withoutTransactionID() throws {
        let envelope = Envelope(transactionID: nil, body: .fault(Fault(ResponseStatus(.validationError), side: .vasp)))

        let text = String(decoding: try MessageWriter(profile: .standard).write(envelope).bytes, as: UTF8.self)

        #expect(!text.contains("Header"))
    }

    @Test(
        "every operation is read back as it was written",
        arguments: Profile.NamespaceStyle.allCases)
    func roundTrip(style: Profile.NamespaceStyle) throws {
        var profile = Profile.standard
        profile.namespaceStyle = style
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        var deliver = DeliverReq(sender: .msisdn("15550100"), recipients: Recipients(to: [.shortCode("55512")]))
        deliver.mmsRelayServerID = "relay"
        deliver.vaspID = "acme"
        deliver.linkedID = "link"
        deliver.timeStamp = date
        deliver.subject = "Hi"
        deliver.uaCapabilities = UACapabilities(uaProf: "http://ua.example/?a&b", timeStamp: .relative(seconds: 90))
        var report = DeliveryReportReq(messageID: "m", recipient: .msisdn("15550100"), mmStatus: .deferred)
        report.date = date
        report.sender = .shortCode("55512")
        report.statusExtension = "RejectionByOtherRS"
        report.statusText = "later"
        var reply = ReadReplyReq(messageID: "m", recipient: .msisdn("15550100"), readStatus: .deleted)
        reply.timeStamp = date
        let error = ResponseStatus(.serviceUnavailable, text: "Busy", details: "later")
        let bodies: [Envelope.Body] = [
            .submitRsp(SubmitRsp(status: ResponseStatus(.success, text: "ok"), messageID: "m")),
            .deliverReq(deliver), .deliverRsp(DeliverRsp(status: error, serviceCode: "gold")),
            .deliveryReportReq(report), .deliveryReportRsp(DeliveryReportRsp(status: error)),
            .readReplyReq(reply), .readReplyRsp(ReadReplyRsp(status: error)),
            .rsErrorRsp(ErrorRsp(status: error)), .vaspErrorRsp(ErrorRsp(status: error)),
            .fault(Fault(code: "Client.TransactionID", string: "no TransactionID")),
            .fault(Fault(error, side: .relayServer)),
        ]
        for body in bodies {
            let bytes = try MessageWriter(profile: profile).write(Envelope(transactionID: "t", body: body)).bytes
            let message = try MessageReader().read(bytes, contentType: "text/xml; charset=utf-8")
            #expect(message.envelope.body == body)
            #expect(message.notes.isEmpty)
        }
    }
}
