import Foundation
import Testing

@testable import MM7

@Suite struct ReadingTests {
    private func read(_ fixture: String, contentType: String? = "text/xml") throws -> ReceivedMessage {
        try MessageReader().read(Fixture.bytes(fixture), contentType: contentType)
    }

    @Test("a report as the schema has it is read in full")
    func standardReport() throws {
        let message = try read("report-standard.xml")
        let report = try #require(message.envelope.deliveryReport)

        var expected = DeliveryReportReq(messageID: "msg-1", recipient: .msisdn("15550100"), mmStatus: .rejected)
        expected.mmsRelayServerID = "relay-1"
        expected.sender = .shortCode("55512")
        expected.date = Date(timeIntervalSince1970: 1_709_202_896.5)
        expected.statusExtension = "RejectionByOtherRS"
        expected.statusText = "No"
        let midnight = Date(timeIntervalSince1970: 1_709_164_800)
        expected.uaCapabilities = UACapabilities(uaProf: "http://ua.example/p?a=1&b=2", timeStamp: .absolute(midnight))
        #expect(report == expected)
        #expect(message.envelope.transactionID == "r-1")
        #expect(message.notes.isEmpty)
    }

    @Test(
        "dialects of the report say the same to us",
        arguments: [
            ("report-korean.xml", "01000000002", MMStatus.delivered, 1_709_177_696.0),
            ("report-chinese.xml", "8613000000000", .expired, 1_707_453_296),
            ("report-aggregator.xml", "15550100", .other("third: user retrieved"), 1_709_210_096),
        ])
    func dialects(fixture: String, recipient: String, status: MMStatus, time: Double) throws {
        let message = try read(fixture)
        let report = try #require(message.envelope.deliveryReport)

        #expect(message.envelope.transactionID == "r-1")
        #expect(report.messageID == "msg-1")
        #expect(report.recipient?.normalized == recipient)
        #expect(report.mmStatus == status)
        #expect(report.date == Date(timeIntervalSince1970: time))
        #expect(report.sender != nil)
    }

    @Test("notes name an unknown element and not its value")
    func notes() throws {
        #expect(try read("report-korean.xml").notes == ["unknown element X-BPID in DeliveryReportReq"])
    }

    @Test("the namespace of the TransactionID stands in for a missing one")
    func missingNamespace() throws {
        #expect(try read("report-aggregator.xml").envelope.namespace == Profile.standard.namespace)
    }

    @Test("an ampersand in a namespace stays one, so that the answer is in the same namespace")
    func namespaceWithAmpersand() throws {
        let text = "<SubmitRsp xmlns='urn:a&amp;b&#38;c&amp;#38;'><StatusCode>1000</StatusCode></SubmitRsp>"

        let envelope = try MessageReader().read(Array(text.utf8), contentType: nil).envelope

        #expect(envelope.namespace == "urn:a&b&c&#38;")
    }

    @Test("a namespace that no document may declare is not taken over into an answer", arguments: ["", "mm7:"])
    func reservedNamespace(prefix: String) throws {
        let text = "<xml:SubmitRsp><StatusCode>1000</StatusCode></xml:SubmitRsp>"
        var profile = Profile.standard
        profile.namespaceStyle = prefix.isEmpty ? .defaultNamespace : .prefixed

        let envelope = try MessageReader().read(Array(text.utf8), contentType: nil).envelope
        let answer = try MessageWriter(profile: profile).write(envelope.answer(.success, side: .vasp))

        #expect(throws: Never.self) { try MessageReader().read(answer.bytes, contentType: answer.contentType) }
    }

    @Test(
        "every form of an error gives its status",
        arguments: [
            "fault-standard.xml", "fault-qualified.xml", "fault-status-in-detail.xml", "fault-none.xml",
            "fault-flat.xml", "fault-in-response.xml",
        ])
    func errors(fixture: String) throws {
        let envelope = try read(fixture).envelope

        #expect(envelope.status?.code == .addressError)
        #expect(envelope.transactionID == "f-1")
        if fixture != "fault-in-response.xml" { #expect(envelope.status?.text == "Bad number") }
    }

    @Test("a fault keeps its code, side and the text of its details")
    func faultValues() throws {
        let envelope = try read("fault-standard.xml").envelope

        let status = ResponseStatus(.addressError, text: "Bad number", details: "at 3")
        let fault = Fault(code: "Client", string: "Client error", error: ErrorRsp(status: status), side: .relayServer)
        #expect(envelope.body == .fault(fault))
        #expect(envelope.version == "6.8.0")
        #expect(envelope.namespace == Profile.standard.namespace)
    }

    @Test("a fault without detail has no status")
    func faultWithoutDetail() throws {
        let envelope = try read("fault-transaction.xml").envelope

        #expect(envelope.status == nil)
        #expect(envelope.body == .fault(Fault(code: "Client.TransactionID", string: "TransactionID is missing")))
    }

    @Test("an operation without envelope is read where it is one of ours")
    func bareOperation() throws {
        let message = try read("submit-rsp-bare.xml")

        #expect(message.envelope.body == .submitRsp(SubmitRsp(status: .success, messageID: "msg-1")))
        #expect(message.notes == ["no SOAP envelope"])
    }

    @Test("XML of another kind is not an envelope", arguments: ["<html><body>502</body></html>", "<a/>"])
    func otherXML(text: String) {
        let error = #expect(throws: MM7Error.self) {
            _ = try MessageReader().read(Array(text.utf8), contentType: "text/html")
        }
        #expect(error?.code == .notAnEnvelope)
    }

    @Test("an unknown operation keeps its name and TransactionID")
    func unknownOperation() throws {
        let text = try Fixture.text("fault-flat.xml").replacing("RSErrorRsp", with: "QueryStatusReq")

        let envelope = try MessageReader().read(Array(text.utf8), contentType: nil).envelope

        #expect(envelope.body == .unknown(name: "QueryStatusReq"))
        #expect(envelope.transactionID == "f-1")
    }

    @Test(
        "a request that says nothing is refused with its TransactionID",
        arguments: ["", "<DeliveryReportReq><MMStatus>Expired</MMStatus></DeliveryReportReq>", "<SubmitRsp/>"])
    func missingElements(body: String) {
        let text = """
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">
            <e:Header><TransactionID> t-9 </TransactionID></e:Header><e:Body>\(body)</e:Body></e:Envelope>
            """
        let error = #expect(throws: MM7Error.self) {
            _ = try MessageReader().read(Array(text.utf8), contentType: nil)
        }
        #expect(error?.code == .missingElement)
        #expect(error?.transactionID == "t-9")
    }

    @Test(
        "text comes through in the charset of the header, the declaration or neither",
        arguments: [
            ("ISO-8859-1", nil, [0xE9], "é"), (nil, "iso-8859-1", [0xE9], "é"),
            ("utf-8", "EUC-KR", [0xB0, 0xA1], "가"), ("EUC-KR", nil, [0xB0, 0xA1], "가"),
            (nil, "GB2312", [0xC4, 0xE3], "你"), ("utf-8", "gb2312", [0xC3, 0xA9], "é"),
            ("us-ascii", nil, [0xC3, 0xA9], "é"), ("no-such-charset", nil, [0xC3, 0xA9], "é"),
            (nil, "utf-8", [0xE9, 0x2E], "\u{FFFD}."),
        ] as [(String?, String?, [UInt8], String)])
    func charsets(header: String?, declared: String?, octets: [UInt8], text: String) throws {
        let declaration = declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? ""
        let bytes =
            Array("\(declaration)<SubmitRsp><Status><StatusCode>1000</StatusCode><StatusText>".utf8) + octets
            + Array("</StatusText></Status></SubmitRsp>".utf8)

        let type = header.map { "text/xml; charset=\"\($0)\"" }
        let message = try MessageReader().read(bytes, contentType: type)

        #expect(message.envelope.status?.text == text)
    }

    @Test("UTF-16 with a byte order mark is read")
    func utf16() throws {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><SubmitRsp><StatusCode>1000</StatusCode></SubmitRsp>"
        let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

        #expect(try MessageReader().read(bytes, contentType: "text/xml").envelope.status?.code == .success)
    }
}
