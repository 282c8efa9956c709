import Testing

@testable import MM7

@Suite("What becomes a line of a header or of a body is one")
struct LineTests {
    private func submission(_ profile: Profile, change: (inout SubmitReq) -> Void) throws -> String {
        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", vasID: "1", address: .shortCode("55")),
            recipients: Recipients(to: [.msisdn("15550100")]))
        request.timeStamp = WireDate.date("2026-11-29T12:00:00Z")
        change(&request)
        let part = OutgoingPart(contentType: "text/plain", name: "a\r\nb.txt", bytes: Array("Hi".utf8)[...])
        let written = try MessageWriter(profile: profile)
            .write(request, transactionID: "t", content: EncodedContent([part], profile: profile))
        return String(decoding: written.bytes, as: UTF8.self)
    }

    @Test("line ends and controls in a text are one blank, in every profile", arguments: Profile.known)
    func controls(profile: Profile) throws {
        let text = try submission(profile) { request in
            request.subject = "Hi\r\nBcc: x\u{0}\u{1}\t\u{85}\u{2028}end\n"
            request.sender.vaspID = "ac\nme"
            request.serviceCode = "a\r\nb"
        }

        #expect(text.contains("<Subject>Hi Bcc: x end</Subject>"))
        #expect(text.contains("<VASPID>ac me</VASPID>"))
        #expect(!text.contains("&#10;") && !text.contains("&#13;"))
        #expect(text.contains("Content-Location: ab.txt\r\n"))
    }

    @Test("encoded words hold no line end either")
    func encodedWords() throws {
        let text = try submission(.openwave) { $0.subject = "Grüße\r\nBcc: x" }
        let start = try #require(text.firstRange(of: "<Subject>")).upperBound
        let end = try #require(text.firstRange(of: "</Subject>")).lowerBound

        #expect(EncodedWord.decode(String(text[start..<end])) == "Grüße Bcc: x")
        #expect(EncodedWord.decode(EncodedWord.encode("=?utf-8?Q?a?=")) == "=?utf-8?Q?a?=")
    }

    @Test("an identifier of the peer comes back to it as it came")
    func identifiers() throws {
        let envelope = Envelope(transactionID: "a\r\nb", body: .deliveryReportRsp(DeliveryReportRsp(status: .success)))

        let written = try MessageWriter(profile: .standard).write(envelope)

        #expect(try MessageReader().read(written.bytes, contentType: nil).envelope.transactionID == "a\r\nb")
    }

    @Test(
        "a text is labelled 8bit where it is lines of 998 octets at most, else binary",
        arguments: [
            ("", "8bit"), ("a\r\nb\nc", "8bit"), (String(repeating: "a", count: 998) + "\r\nb", "8bit"),
            (String(repeating: "a", count: 999), "binary"), (String(repeating: "é", count: 500), "binary"),
            ("a\rb", "binary"), ("a\r", "binary"), ("a\u{0}b", "binary"),
        ])
    func labels(text: String, label: String) throws {
        let part = OutgoingPart(contentType: "text/plain", name: "a.txt", bytes: Array(text.utf8)[...])
        let content = try EncodedContent([part], profile: .sinch)

        let written = String(decoding: content.segments.joined(), as: UTF8.self)

        #expect(written.contains("Content-Location: a.txt\r\nContent-Transfer-Encoding: \(label)\r\n"))
    }

    @Test("the lines of an envelope are short, however many recipients it names")
    func envelopes() throws {
        let text = try submission(.standard) { request in
            request.recipients.to = (0..<20).map { .msisdn("1555010\($0)") }
            request.subject = String(repeating: "x", count: 300)
        }
        let soap = try #require(text.split(separator: "--mm7_=_").first)

        #expect(soap.split(separator: "\n").allSatisfy { $0.utf8.count <= 998 })
        #expect(soap.contains("Content-Transfer-Encoding: 8bit"))
    }
}
