import Testing

@testable import MM7

@Suite("A message is read whatever stands around it")
struct SurroundingsTests {
    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"

    private static func envelope(_ subject: String = "Grüße") -> String {
        """
        <e:Envelope xmlns:e="\(soap)"><e:Header><TransactionID xmlns="urn:mm7">mo-7</TransactionID></e:Header><e:Body>\
        <DeliverReq xmlns="urn:mm7"><MM7Version>6.8.0</MM7Version><Sender><Number>+15550100</Number></Sender>\
        <Subject>\(subject)</Subject></DeliverReq></e:Body></e:Envelope>
        """
    }

    private static let report = """
        <Envelope><Body><DeliveryReportReq><MessageID>m-1</MessageID><Recipient><Number>15550100</Number></Recipient>\
        <MMStatus>Retrieved</MMStatus></DeliveryReportReq></Body></Envelope>
        """

    private static let declaration = #"<?xml version="1.0" encoding="utf-8"?>"#

    private static let notice =
        "<br />\n<b>Notice</b>: Undefined index: to in <b>/srv/mo.php</b> on line <b>3</b><br />\n"

    private func read(_ text: String, as type: String? = "text/xml; charset=utf-8") throws -> ReceivedMessage {
        try MessageReader().read(Array(text.utf8), contentType: type)
    }

    @Test(
        "octets before it and behind it are left out, and it says so",
        arguments: [
            envelope() + "\0", envelope() + "\0\0\0\0", envelope() + "\r\n-- \nprocessed in 12 ms",
            envelope() + "\n<br />", notice + declaration + envelope(), notice + envelope(),
            "Warning: a < b in mo.php\n" + declaration + envelope(), "\0" + declaration + envelope(),
            "\0" + envelope(), declaration + "\n" + declaration + envelope(),
            envelope() + envelope(), declaration + envelope() + declaration + envelope(),
            "<!DOCTYPE Envelope>" + envelope(),
            declaration + "<!DOCTYPE e:Envelope SYSTEM \"http://a.example/mm7.dtd\">\n" + envelope(),
            declaration + "<!doctype html PUBLIC \"-//A//B\" 'c>d'>" + envelope(), envelope("R & D <3") + "\0",
        ])
    func around(text: String) throws {
        let message = try read(text)

        #expect(message.envelope.transactionID == "mo-7")
        #expect(message.envelope.deliverReq?.sender == .msisdn("+15550100"))
        #expect(["Grüße", "R & D <3"].contains(message.envelope.deliverReq?.subject))
        #expect(message.repair != nil && message.notes.contains { $0 == message.repair })
    }

    @Test("a report is read so too, also without an envelope", arguments: ["", "<!DOCTYPE x>", "Notice: 1\n"])
    func reports(before: String) throws {
        let bare = "<DeliveryReportReq><MessageID>m-1</MessageID><MMStatus>Retrieved</MMStatus></DeliveryReportReq>"
        for text in [Self.report, bare] {
            guard case .deliveryReportReq(let report) = try read(before + text + "\0").envelope.body else {
                Issue.record("it is no report")
                continue
            }
            #expect(report.messageID == "m-1")
        }
    }

    @Test("blank lines and a byte order mark are no fault", arguments: ["\r\n\r\n", "\u{FEFF}", "\u{FEFF}\n", " \n\t"])
    func blanks(before: String) throws {
        let message = try read(before + Self.declaration + "\n" + Self.envelope() + "\r\n \n")

        #expect(message.envelope.deliverReq?.subject == "Grüße")
        #expect(message.repair == nil)
    }

    @Test("the declaration behind words of a server says the charset")
    func charset() throws {
        let head = Array("Notice: x\n<?xml version=\"1.0\" encoding=\"iso-8859-5\"?>".utf8)
        let (before, after) = (Self.envelope("@").split(separator: "@")[0], Self.envelope("@").split(separator: "@")[1])

        let bytes = head + Array(before.utf8) + [0xB0] + Array(after.utf8)

        #expect(try MessageReader().read(bytes, contentType: nil).envelope.deliverReq?.subject == "А")
    }

    @Test("prefixes that nobody declared are read by what is behind them")
    func prefixes() throws {
        let text = Self.envelope().replacing(" xmlns:e=\"\(Self.soap)\"", with: "")
            .replacing("<Sender>", with: "<Sender x:y=\"1\">")

        let message = try read(text)

        #expect(message.envelope.deliverReq?.sender == .msisdn("+15550100"))
        #expect(message.repair?.contains("prefixes") == true)
    }

    @Test(
        "the root of a multipart body is read so too, and a body before which a server wrote",
        arguments: [
            ("\u{FEFF}", envelope()), (" ", envelope()), ("Notice x ", envelope()), ("<b>W</b>: x<br />", envelope()),
            ("", notice + envelope()), ("", envelope() + "\0\0"), ("", "<!DOCTYPE e:Envelope>" + envelope()),
            (notice, declaration + envelope()), ("Notice: a\n", envelope() + "\nend"),
        ])
    func multipart(before: String, root: String) throws {
        let body =
            before + "--b\r\nContent-Type: text/xml\r\nContent-ID: <soap>\r\n\r\n\(root)\r\n--b\r\n"
            + "Content-Type: text/plain\r\nContent-ID: <text>\r\n\r\nHello\r\n--b--\r\n"

        let message = try read(body, as: "multipart/related; boundary=b; start=\"<soap>\"")

        #expect(message.envelope.deliverReq?.subject == "Grüße")
        #expect(message.content.map(\.text) == ["Hello"])
    }

    @Test(
        "what declares entities is refused as before, wherever that stands",
        arguments: [
            "<!DOCTYPE x [<!ENTITY a \"b\">]>" + envelope("&a;"), "<!DOCTYPE x [\n]>" + envelope(),
            "Notice: 1\n<!DOCTYPE x SYSTEM \"a>b\" [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>" + envelope("&a;"),
            declaration + "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://a.example/\"> %p;]>" + envelope(),
            "<!ENTITY a \"b\">" + envelope("&a;"), envelope() + "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        ])
    func entities(text: String) {
        #expect(throws: MM7Error.self) { try read(text) }
    }

    @Test("one that was cut off is refused, for it can come again whole", arguments: ["", notice, "<!DOCTYPE x>"])
    func cut(before: String) throws {
        let whole = Self.envelope()
        let end = try #require(whole.firstRange(of: "</e:Body>"))
        for piece in [whole[..<end.lowerBound], whole[..<end.upperBound], whole.dropLast()] {
            #expect(throws: MM7Error.self) { try read(before + piece) }
        }
    }

    @Test("of two messages in one body neither is taken: nobody would miss the other")
    func two() {
        #expect(throws: MM7Error.self) { try read(Self.envelope() + Self.envelope("another")) }
        #expect(throws: MM7Error.self) { try read(Self.envelope() + Self.report) }
    }

    @Test(
        "parts behind it belong to it: without them it is not taken", arguments: ["", notice, notice + "--b\r\n\r\n"])
    func parts(before: String) {
        let parts = "\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b--\r\n"

        #expect(throws: MM7Error.self) { try read(before + Self.envelope() + parts) }
        #expect(throws: MM7Error.self) { try read(before + Self.envelope() + parts, as: nil) }
    }

    @Test("of two operations in one Body neither is taken")
    func operations() {
        let one = #"<DeliverReq xmlns="urn:mm7"><MM7Version>6.8.0</MM7Version><Subject>Hi</Subject></DeliverReq>"#

        #expect(throws: MM7Error.self) { try read("<Envelope><Body>\(one)\(one)</Body></Envelope>") }
        #expect(throws: Never.self) { try read("<Envelope><Body>\(one)</Body></Envelope>") }
    }

    @Test("nothing of it is taken where the XML has to be as its schema has it")
    func strict() {
        var reader = MessageReader()
        reader.strictness = .schema
        for text in [Self.envelope() + "\0", "<!DOCTYPE x>" + Self.envelope()] {
            #expect(throws: MM7Error.self) { try reader.read(Array(text.utf8), contentType: nil) }
        }
    }
}
