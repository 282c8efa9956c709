import MM7
import Testing

@testable import MM7Endpoint

@Suite("What a handset's message is made of")
struct InboundContentTests {
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10] + Array("JFIF".utf8)

    private func content(_ parts: Part...) -> InboundContent {
        InboundContent(
            ReceivedMessage(
                envelope: Envelope(transactionID: nil, body: .deliverReq(DeliverReq(sender: nil))), content: parts))
    }

    private func part(
        _ type: String, _ bytes: [UInt8], name: String? = nil, location: String? = nil
    ) throws -> Part {
        Part(
            contentType: try #require(ContentType(type)), contentLocation: location, name: name, bytes: bytes[...])
    }

    @Test("texts are decoded by their charsets and joined line by line, in order")
    func texts() throws {
        let content = content(
            try part("text/plain; charset=iso-8859-1", [0x47, 0x72, 0xFC, 0xDF, 0x65]),
            try part("text/plain; charset=utf-16be", [0, 0x41, 0, 0x42]),
            try part("text/plain", Array("3 \u{20AC}\0".utf8)))

        #expect(content.text == "Grüße\nAB\n3 €")
        #expect(content.attachments.isEmpty)
    }

    @Test(
        "an attachment without a type is text by a name, or a place, that ends in .txt",
        arguments: [("note.txt", nil), ("NOTE.TXT", nil), (nil, "note.txt"), ("note", "cid/note.txt")]
            as [(String?, String?)])
    func untyped(name: String?, location: String?) throws {
        let content = content(
            try part("application/octet-stream", Array("Hello".utf8), name: name, location: location))

        #expect(content.text == "Hello")
    }

    @Test("what only claims to be text is a file of its own type, and empty parts are nothing")
    func disguised() throws {
        let content = content(
            try part("text/plain", Self.jpeg, name: "cat.txt"), try part("image/jpeg", []),
            try part("application/octet-stream", [1, 2, 3]))

        #expect(content.text == nil)
        #expect(content.attachments.map(\.contentType) == ["image/jpeg", "application/octet-stream"])
        #expect(content.attachments.map(\.name) == ["cat.txt", "file"])
    }

    @Test("text beyond 64 KiB in all is a file")
    func longText() throws {
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 65_536)
        let content = content(try part("text/plain", long), try part("text/plain", [0x62], name: "rest"))

        #expect(content.text?.utf8.count == 65_536)
        #expect(content.attachments.map(\.name) == ["rest"])
    }

    @Test("a NUL before a combining mark does not end the text")
    func nulWithMark() throws {
        let content = content(try part("text/plain", Array("a\0\u{301}b".utf8)))

        #expect(content.text == "a\u{301}b")
    }

    @Test(
        "a presentation is neither text nor file, whatever type it has",
        arguments: ["text/xml", "application/xml", "application/octet-stream", "text/plain", "text/smil"])
    func presentation(type: String) throws {
        let smil = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- made here -->\n<smil><body/></smil>"
        let content = content(try part(type, Array(smil.utf8), name: "a"), try part("text/plain", Array("Hi".utf8)))

        #expect(content.text == "Hi")
        #expect(content.attachments.isEmpty)
    }
}
