import Testing

@testable import MM7

/// Inputs made to cost much. Their sizes say how much is looked at: a reader that looked at all of it, or again and
/// again, would not end within the time a test may take.
@Suite struct ResourceBoundTests {
    private let multipart = "multipart/related; boundary=b"
    private let soap =
        "--b\r\n\r\n<DeliverReq><TransactionID>t-1</TransactionID><Content href=\"cid:c\"/></DeliverReq>\r\n"

    /// Limits that let a large envelope as far as the XML reader.
    private var wide: ReadingLimits {
        var limits = ReadingLimits()
        limits.envelopeBytes = 16 << 20
        limits.textBytes = 16 << 20
        return limits
    }

    private func repeated(_ text: String, _ count: Int) -> [UInt8] {
        Array(String(repeating: text, count: count).utf8)
    }

    @Test("ten megabytes of opened tags are too large, and one is no XML where there is room for it")
    func tags() {
        let bytes = [UInt8](repeating: UInt8(ascii: "<"), count: 10 << 20)

        #expect(Outcome(bytes, "text/xml").code == .tooLarge)
        #expect(Outcome(Array(bytes.prefix(1 << 20)), "text/xml", limits: wide).code == .notWellFormed)
    }

    @Test("a megabyte of attributes without end is too many", arguments: ["a=\"", "a=\"\" ", "xmlns:a='' "])
    func attributes(attribute: String) {
        let bytes = Array("<a ".utf8) + repeated(attribute, (1 << 20) / attribute.utf8.count)

        #expect(Outcome(bytes, nil).code == .tooLarge)
        #expect(Outcome(bytes, nil, limits: wide).code == .tooManyAttributes)
    }

    @Test("a hundred thousand elements inside each other are too deep, and beside each other too many")
    func elements() {
        #expect(Outcome(repeated("<a>", 100_000), nil).code == .tooLarge)
        #expect(Outcome(repeated("<a>", 100_000), nil, limits: wide).code == .tooDeep)
        let wideTree = Array("<a>".utf8) + repeated("<b/>", 100_000)
        #expect(Outcome(wideTree, nil, limits: wide).code == .tooManyElements)
    }

    @Test("comments, instructions and CDATA without end are no XML", arguments: ["<!--", "<?a ", "<![CDATA[", "&amp;"])
    func unended(opening: String) {
        let bytes = Array("<a>".utf8) + repeated(opening, (1 << 18) / opening.utf8.count)

        #expect(Outcome(bytes, nil, limits: wide).code == .notWellFormed)
    }

    @Test("a hundred thousand parts are too many, at the top and inside")
    func parts() {
        let top = Array(soap.utf8) + repeated("--b\r\n\r\nx\r\n", 100_000)
        #expect(Outcome(top, multipart).code == .tooManyParts)

        let container = "--b\r\nContent-ID: <c>\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
        let inside = Array((soap + container).utf8) + repeated("--c\r\n\r\nx\r\n", 100_000) + Array("--b--".utf8)
        let outcome = Outcome(inside, multipart)
        #expect(outcome.code == .tooManyParts)
        #expect(outcome.transactionID == "t-1")
    }

    @Test("a header line of a megabyte is refused, ended or not", arguments: ["\r\n\r\nx\r\n", "\r\n", ""])
    func headerLine(ending: String) {
        let bytes =
            Array((soap + "--b\r\nContent-Type: ").utf8) + repeated("x;", 1 << 19) + Array("\(ending)--b--".utf8)

        #expect(Outcome(bytes, multipart).code == .malformedMultipart)
    }

    @Test("a boundary of a megabyte is refused by its length")
    func boundary() {
        let boundary = String(repeating: "b", count: 1 << 20)
        let bytes = Array("--\(boundary)\r\n\r\n<DeliverReq/>\r\n--\(boundary)--".utf8)

        #expect(Outcome(bytes, "multipart/related; boundary=\(boundary)").code == .malformedMultipart)
        // Without one in the header, no more of a line is taken for a boundary than one may have.
        #expect(Outcome(bytes, nil).code == .malformedMultipart)
    }

    @Test(
        "a Content-Type of a megabyte is read",
        arguments: [";", "; a=b", "; a=\"", "\\", "\u{301}", " ", "=?x?Q?a?="])
    func contentType(filling: String) {
        let header = "text/xml" + String(repeating: filling, count: (1 << 20) / filling.utf8.count)

        let outcome = Outcome(Array("<SubmitRsp><StatusCode>1000</StatusCode></SubmitRsp>".utf8), header)

        #expect(outcome.message?.envelope.status?.code == .success)
    }

    @Test("garbage said to be base64 is no envelope, and as media no longer than it was")
    func base64() throws {
        let encoding = "Content-Transfer-Encoding: base64\r\n\r\n"
        var random = SplitMix64(seed: 1)
        let garbage = (0..<300_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }

        let envelope = Array("--b\r\n\(encoding)".utf8) + garbage.prefix(60_000) + Array("\r\n--b--".utf8)
        #expect(Outcome(envelope, multipart).code != nil)

        let media = Array("\(soap)--b\r\n\(encoding)".utf8) + garbage + Array("\r\n--b--".utf8)
        let message = try #require(Outcome(media, multipart).message)
        #expect(message.content.map(\.bytes.count).allSatisfy { $0 <= garbage.count })
    }

    @Test(
        "encoded words by the thousand, in charsets that nobody has, are read", arguments: ["x-none", "utf-16", "big5"])
    func encodedWords(charset: String) throws {
        let words = String(repeating: "=?\(charset)?Q?a?=", count: 2_000)
        let bytes = Array("<DeliverReq><Subject>\(words)</Subject></DeliverReq>".utf8)

        let message = try #require(Outcome(bytes, nil).message)

        #expect((message.envelope.deliverReq?.subject?.utf8.count ?? 0) <= 4 * words.utf8.count)
    }

    @Test("encoded words by the ten thousand that do not end are text", .timeLimit(.minutes(1)))
    func unendedWords() {
        for opening in ["=?x?b? ", "=?x?z? "] {
            let text = String(repeating: opening, count: 10_000)

            #expect(EncodedWord.decode(text) == text)
            #expect(EncodedWord.decode(text + "?=").utf8.count <= text.utf8.count + 2)
        }
    }

    @Test("of words in a thousand charsets by turns the first are decoded, and the rest is text")
    func alternatingWords() {
        let text = String(repeating: "=?iso-8859-1?Q?a?= =?big5?Q?b?= ", count: 1_000)

        let decoded = EncodedWord.decode(text)

        #expect(decoded.hasPrefix("abab"))
        #expect(decoded.hasSuffix("=?iso-8859-1?Q?a?= =?big5?Q?b?= "))
    }

    @Test(
        "texts that open again and again before an end that never ends are no XML", .timeLimit(.minutes(1)),
        arguments: [" ", "x"])
    func unendedTag(filling: String) {
        let texts = repeated("<Subject>", 400)
        let bytes = Array("<a>&".utf8) + texts + Array("</Subject".utf8) + repeated(filling, 1 << 20)

        #expect(Outcome(bytes, nil, limits: wide).code == .notWellFormed)
    }
}
