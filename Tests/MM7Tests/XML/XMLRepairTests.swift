import Testing

@testable import MM7

@Suite("XML that is wrong in single characters is taken")
struct XMLRepairTests {
    private func deliverReq(_ inside: String) throws -> (request: DeliverReq, notes: [String]) {
        let text = """
            <?xml version="1.0"?><!-- a & b --><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>\
            <TransactionID xmlns="urn:mm7">t</TransactionID></e:Header><e:Body><DeliverReq xmlns="urn:mm7">\
            <MM7Version>6.8.0</MM7Version><Sender><Number>+15550100</Number></Sender>\(inside)</DeliverReq></e:Body></e:Envelope>
            """
        let message = try MessageReader().read(Array(text.utf8), contentType: "text/xml")
        guard case .deliverReq(let request) = message.envelope.body else { throw MM7Error(.notAnEnvelope, "another") }
        return (request, message.notes)
    }

    @Test(
        "a subject as a handset wrote it",
        arguments: [
            ("Tom & Jerry", "Tom & Jerry"), ("I <3 you", "I <3 you"), ("<b>hi", "<b>hi"), ("a<b", "a<b"),
            ("x &amp; y & z", "x & y & z"), ("&#55357;&#56832; &#55357;", "😀 \u{FFFD}"),
            ("&#x1;&#0;", "\u{FFFD}\u{FFFD}"),
            ("one\u{1}two\u{0}three", "one\u{FFFD}two\u{FFFD}three"), ("\u{FFFF}", "\u{FFFD}"), ("&auml;&", "ä&"),
            ("<![CDATA[a & <b>]]> & c", "a & <b> & c"), ("he said <you & me>", "he said <you & me>"),
            ("&#99999999999;", "&#99999999999;"), ("&#1114112;", "\u{FFFD}"), ("<", "<"), ("&", "&"), ("</", "</"),
        ])
    func subject(written: String, read: String) throws {
        let (request, notes) = try deliverReq("<Subject>\(written)</Subject>")

        #expect(request.subject == read)
        #expect(request.sender == .msisdn("+15550100"))
        #expect(notes.contains { $0.contains("repaired") })
    }

    @Test("a link in an attribute with a bare ampersand")
    func attribute() throws {
        let (request, _) = try deliverReq("<UACapabilities UAProf=\"http://x.example/?a=1&b=2\"/>")

        #expect(request.uaCapabilities?.uaProf == "http://x.example/?a=1&b=2")
    }

    @Test("tags that do not fit are not guessed at", arguments: ["<Subject>hi</Sub>", "<Priority>High", "</Sender>"])
    func tags(inside: String) {
        #expect(throws: MM7Error.self) { try deliverReq(inside) }
    }

    @Test("a document type is refused as before")
    func doctype() {
        let text = "<!DOCTYPE x [<!ENTITY a \"b\">]><SubmitRsp><Subject>a & b</Subject></SubmitRsp>"

        #expect(throws: MM7Error.self) { try MessageReader().read(Array(text.utf8), contentType: nil) }
    }

    @Test(
        "what opens again and again does not cost its square",
        arguments: ["<a b=\"", "<Subject>", "<![CDATA[", "</", "&", "<!--"])
    func openEnded(piece: String) {
        let text = Array(String(repeating: piece, count: 6_000).utf8)

        let elapsed = ContinuousClock().measure { _ = XMLRepair.repaired(text) }

        #expect(elapsed < .seconds(20))
    }
}
