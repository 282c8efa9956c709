import Testing

@testable import MM7

@Suite("A presentation is known under any type")
struct PresentationTypeTests {
    private static let smil = "<smil><body><par><img src=\"b.gif\"/></par></body></smil>"

    private func part(_ type: String, _ text: String, name: String? = nil) -> Part {
        Part(
            contentType: ContentType(type) ?? ContentType(type: "text", subtype: "plain"), name: name,
            bytes: Array(text.utf8)[...])
    }

    @Test(
        "by what it begins with",
        arguments: [
            smil, "\u{FEFF}" + smil,
            "<?xml version='1.0'?>\n<!-- x --> <!DOCTYPE smil PUBLIC \"-//W3C//DTD\" \"x\">" + smil,
            "<SMIL><body/></SMIL>", "<s:smil xmlns:s='x'/>", " \r\n" + smil, "<!doctype SMIL>" + smil, "<smil/>",
            "<smil>a",
        ],
        ["text/xml", "application/xml", "application/octet-stream", "text/plain", "text/smil", "application/smil"])
    func content(text: String, type: String) {
        #expect(part(type, text).isPresentation)
    }

    @Test(
        "what is none stays a file",
        arguments: [
            ("text/plain", "Hello"), ("text/xml", "<a><smil/></a>"), ("text/plain", "<smile>"),
            ("text/html", "<html/>"),
            ("image/gif", smil), ("text/plain", ""), ("application/smil", "GIF89a\u{1}\u{0}\u{1}"), ("text/plain", "<"),
        ])
    func others(type: String, text: String) {
        #expect(!part(type, text).isPresentation)
    }

    @Test("by its name, where it is XML", arguments: ["smil.xml", "A.SMIL", "start.smi"])
    func names(name: String) {
        #expect(part("text/xml", "<s><body/></s>", name: name).isPresentation)
        #expect(!part("text/plain", "Hello", name: name).isPresentation)
    }

    @Test("in UTF-16")
    func wide() {
        var wide = part("application/octet-stream", "")
        wide.bytes = ([0xFF, 0xFE] + Self.smil.utf8.flatMap { [$0, 0] })[...]

        #expect(wide.isPresentation)
    }

    @Test("as the root of its container, and then it orders the media")
    func root() throws {
        let text = """
            --o\r\nContent-Type: text/xml\r\n\r\n<DeliverReq xmlns="urn:mm7"><MM7Version>6.8.0</MM7Version><Content \
            href="cid:c"/></DeliverReq>\r\n--o\r\nContent-Type: multipart/related; boundary=i; type="application/smil"; \
            start="<s>"\r\nContent-ID: <c>\r\n\r\n--i\r\nContent-Type: image/gif; name=a.gif\r\n\r\nGIF89a\r\n--i\r\n\
            Content-Type: text/plain\r\nContent-ID: <s>\r\n\r\n<x:show xmlns:x="y"><body/></x:show>\r\n--i\r\n\
            Content-Type: image/gif; name=b.gif\r\n\r\nGIF89b\r\n--i--\r\n--o\r\nContent-Type: image/png; name=c.png\r\n\
            \r\nPNG\r\n--o--\r\n
            """

        let message = try MessageReader().read(Array(text.utf8), contentType: "multipart/related; boundary=o")

        #expect(message.presentation?.contentID == "s")
        #expect(message.media.map(\.name) == ["a.gif", "b.gif"])
    }
}
