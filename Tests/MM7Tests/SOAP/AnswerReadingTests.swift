import Testing

@testable import MM7

@Suite("An answer is read however it is wrapped")
struct AnswerReadingTests {
    private static func envelope(_ inside: String) -> String {
        """
        <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>\
        <TransactionID xmlns="urn:mm7">job-9</TransactionID></env:Header><env:Body>\(inside)</env:Body></env:Envelope>
        """
    }

    private static func submitRsp(_ text: String = "Fine") -> String {
        """
        <SubmitRsp xmlns="urn:mm7"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode>\
        <StatusText>\(text)</StatusText></Status><MessageID>mid.42</MessageID></SubmitRsp>
        """
    }

    private static var plain: String { envelope(submitRsp()) }

    private func answer(
        _ text: String, contentType: String? = "text/xml; charset=utf-8"
    ) throws -> SubmitRsp? {
        let read = try MessageReader().readAnswer(Array(text.utf8), contentType: contentType, to: .submitReq)
        if case .submitRsp(let response) = read.envelope.body { return response } else { return nil }
    }

    @Test(
        "what stands around it does not matter",
        arguments: [
            plain + "\0", plain + "\0\0\0", plain + "\r\n-- \nrequest took 12 ms", plain + plain,
            "<br />\n<b>Warning</b>: fopen() failed in <b>/srv/mm7.php</b> on line <b>7</b><br />\n" + plain,
            "Notice: a < b\n<?xml version=\"1.0\"?>" + plain, "\u{FEFF}\n " + plain,
            "\u{FEFF}<?xml version=\"1.0\"?>\n" + plain,
            " \n<?xml version=\"1.0\" encoding=\"utf-8\"?>" + plain,
            "<!DOCTYPE html><html><body>" + plain + "</body></html>",
            "<string xmlns=\"urn:x\"><![CDATA[" + plain + "]]></string>",
            "<string xmlns=\"urn:x\">" + plain.replacing("<", with: "&lt;").replacing(">", with: "&gt;") + "</string>",
            "debug: " + submitRsp() + " :end",
        ])
    func surroundings(text: String) throws {
        let response = try answer(text, contentType: "text/html")

        #expect(response?.status.code == .success)
        #expect(response?.messageID == "mid.42")
    }

    @Test(
        "what its texts hold does not matter",
        arguments: [
            ("&#55357;&#56832;", "😀"), ("&#xD83D;&#xDE00;", "😀"), ("&#xDE00;", "\u{FFFD}"), ("a&nbsp;b", "a\u{A0}b"),
            ("caf&eacute;", "café"), ("R & D", "R & D"), ("1 < 2", "1 < 2"), ("&unknown;", "&unknown;"),
            ("<ok>", "<ok>"), ("bell \u{7}", "bell \u{FFFD}"), ("&#0;", "\u{FFFD}"), ("&copy", "&copy"),
        ])
    func texts(written: String, read: String) throws {
        let response = try answer(Self.envelope(Self.submitRsp(written)))

        #expect(response?.status == ResponseStatus(.success, text: read))
        #expect(response?.messageID == "mid.42")
    }

    @Test(
        "tags at its end may be missing or not fit",
        arguments: [
            "</SubmitRsp></env:Body></env:Envelope>", "</env:Body></env:Envelope>", "</SubmitRsp></env:Envelope>",
            "</Sub",
            "", "</SubmitRsp></Body></Envelope>",
        ])
    func missingTags(tail: String) throws {
        let whole = Self.plain
        let head = try #require(whole.firstRange(of: "</SubmitRsp>")).lowerBound

        let response = try answer(String(whole[..<head]) + tail)

        #expect(response?.status.code == .success)
        #expect(response?.messageID == "mid.42")
    }

    @Test(
        "how deep elements are inside each other does not matter, around it or in it",
        arguments: [
            nested(plain), envelope(nested(submitRsp())),
            plain.replacing("<TransactionID", with: nested("") + "<TransactionID"),
            plain.replacing("<MM7Version", with: nested("<StatusCode>2000</StatusCode>") + "<MM7Version"),
            plain.replacing("Fine", with: nested("Fine")),
            plain.replacing("</SubmitRsp>", with: nested("") + "</SubmitRsp>"),
        ])
    func depth(text: String) throws {
        let response = try answer(text)

        #expect(response?.status.code == .success)
        #expect(response?.messageID == "mid.42")
    }

    private static func nested(_ inside: String) -> String {
        String(repeating: "<x>", count: 600) + inside + String(repeating: "</x>", count: 600)
    }

    @Test("a text that was cut off is not believed")
    func cutTexts() throws {
        let whole = Self.plain
        let withinMessageID = try #require(whole.firstRange(of: "d.42")).lowerBound
        let withinCode = try #require(whole.firstRange(of: "000</StatusCode>")).lowerBound

        #expect(try answer(String(whole[..<withinMessageID]))?.status.code == .success)
        #expect(try answer(String(whole[..<withinMessageID]))?.messageID == nil)
        #expect(throws: MM7Error.self) { try answer(String(whole[..<withinCode])) }
    }

    @Test("names in other letters, and a response of another name")
    func names() throws {
        let other = Self.plain.replacing("SubmitRsp", with: "SubmitResponse")

        #expect(try answer(other)?.messageID == "mid.42")
        #expect(try answer(Self.plain.replacing("MessageID", with: "MessageId"))?.messageID == "mid.42")
        #expect(try answer(Self.plain.replacing("SubmitRsp", with: "submitRsp"))?.messageID == "mid.42")
    }

    @Test("a declared charset that it is not in")
    func charset() throws {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Self.envelope(Self.submitRsp("Größe"))

        #expect(try answer(text, contentType: "text/xml; charset=utf-16")?.status.text == "Größe")
        #expect(try answer(text, contentType: "text/xml; charset=\"x-none\"")?.messageID == "mid.42")
    }

    @Test("one part of a multipart body, with or without its end")
    func multipart() throws {
        let head = "--b1\r\nContent-Type: text/xml\r\nContent-ID: <soap>\r\n\r\n" + Self.plain

        #expect(
            try answer(head + "\r\n--b1--\r\n", contentType: "multipart/related; boundary=b1")?.messageID == "mid.42")
        #expect(try answer(head, contentType: "multipart/related; boundary=b2")?.messageID == "mid.42")
    }

    @Test(
        "what says no status says nothing",
        arguments: [
            "", "OK", "<html><body>Welcome</body></html>", "1000", envelope(""), envelope("<SubmitRsp/>"),
            envelope(
                "<SubmitRsp><Status><StatusText>Success</StatusText></Status><MessageID>1</MessageID></SubmitRsp>"),
            "<html>Your SubmitReq has StatusCode 1000</html>",
        ])
    func nothing(text: String) {
        #expect(throws: MM7Error.self) { try answer(text) }
    }
}
