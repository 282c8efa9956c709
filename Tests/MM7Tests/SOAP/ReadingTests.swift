import Foundation
import Testing

@testable import MM7

@Suite struct ReadingTests {
    @Test("a report as the schema has it is read in full")
    func standardReport() throws {
        let message = try MessageReader().read(Fixture.bytes("report-standard.xml"), contentType: "text/xml")
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
        #expect(error?.head.transactionID == "t-9")
    }

    @Test(
        "text comes through in the charset of the header, the declaration or neither",
        arguments: [
            ("ISO-8859-1", nil, [0xE9], "é"), (nil, "iso-8859-1", [0xE9], "é"),
            ("utf-8", "EUC-KR", [0xB0, 0xA1], "가"), ("EUC-KR", nil, [0xB0, 0xA1], "가"),
            (nil, "GB2312", [0xC4, 0xE3], "你"), ("utf-8", "gb2312", [0xC3, 0xA9], "é"),
            ("us-ascii", nil, [0xC3, 0xA9], "é"), ("no-such-charset", nil, [0xC3, 0xA9], "é"),
            (nil, "utf-8", [0xE9, 0x2E], "é."),
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

    @Test(
        "a fault's status is found in whatever stands in its detail",
        arguments: [
            "<detail><SubmitRsp><Status><StatusCode>4006</StatusCode></Status></SubmitRsp></detail>",
            "<detail><RsErrorRsp><StatusCode>4006</StatusCode></RsErrorRsp></detail>",
            "<Status><StatusCode>4006</StatusCode></Status>",
        ])
    func faults(inside: String) throws {
        let xml = """
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>\
            <faultcode>e:Server</faultcode>\(inside)</e:Fault></e:Body></e:Envelope>
            """

        let message = try MessageReader().read(Array(xml.utf8), contentType: nil)

        #expect(message.envelope.status?.code == .serviceUnavailable)
    }

    @Test("a number directly in Recipients is a recipient")
    func bareRecipient() throws {
        let xml = "<SubmitReq><Recipients> 15550100 </Recipients></SubmitReq>"

        let message = try MessageReader().read(Array(xml.utf8), contentType: nil)

        guard case .submitReq(let request) = message.envelope.body else {
            Issue.record("\(message.envelope)")
            return
        }
        #expect(request.recipients.to == [.msisdn("15550100")])
    }

    @Test(
        "a preamble hides no boundary that no header names", arguments: [nil, "multipart/related; type=\"text/xml\""])
    func preamble(type: String?) throws {
        let body = """
            This is a multi-part message in MIME format.\r
            --next\r
            Content-Type: text/xml\r
            \r
            <SubmitRsp><Status><StatusCode>1000</StatusCode></Status></SubmitRsp>\r
            --next--\r

            """

        let message = try MessageReader().read(Array(body.utf8), contentType: type)

        #expect(message.envelope.status?.code == .success)
    }
}
