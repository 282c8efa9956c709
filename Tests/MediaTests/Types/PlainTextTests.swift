import Testing

@testable import Media

@Suite("Texts in any charset")
struct PlainTextTests {
    private static let umlauts: [UInt8] = [0x47, 0x72, 0xFC, 0xDF, 0x65]  // Grüße in ISO-8859-1

    private func judged(_ file: [UInt8], _ declared: String) throws -> (text: String, type: String) {
        let judgement = try Judgement(of: file, declared: declared)
        return (String(decoding: judgement.bytes, as: UTF8.self), judgement.contentType)
    }

    private static func utf16(_ text: String, isLittleEndian: Bool, hasMark: Bool) -> [UInt8] {
        ((hasMark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            isLittleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    @Test(
        "a text is sent in UTF-8, whichever charset it comes in",
        arguments: [
            (umlauts, "text/plain; charset=ISO-8859-1"), (umlauts, "text/plain;charset=\"latin1\""),
            (umlauts, "text/plain"), (umlauts, "text/plain; charset=utf-8"), (umlauts, "text/plain; charset=us-ascii"),
            (Array("Grüße".utf8), "text/plain; charset=utf-8"), (Array("Grüße".utf8), "text/plain"),
            (Array("\u{FEFF}Grüße".utf8), "text/plain"), (Array("Grüße".utf8), "text/plain; charset=iso-2022-xx"),
            (utf16("Grüße", isLittleEndian: true, hasMark: true), "text/plain"),
            (utf16("Grüße", isLittleEndian: false, hasMark: true), "text/plain; charset=utf-16"),
            (utf16("Grüße", isLittleEndian: true, hasMark: true), "text/plain; charset=utf-8"),
            (utf16("Grüße", isLittleEndian: true, hasMark: false), "text/plain; charset=UTF-16LE"),
            (utf16("Grüße", isLittleEndian: false, hasMark: false), "text/plain"),
        ])
    func inUTF8(file: [UInt8], declared: String) throws {
        let (text, type) = try judged(file, declared)

        #expect(text == "Grüße")
        #expect(type == "text/plain")
    }

    @Test("what calls itself Latin 1 may be the set of Windows")
    func windows() throws {
        #expect(try judged([0x80, 0x35], "text/plain; charset=iso-8859-1").text == "€5")
        #expect(try judged([0xA4, 0x35], "text/plain; charset=iso-8859-15").text == "€5")
    }

    @Test("a card in another charset is sent in UTF-8")
    func card() throws {
        let card = Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:".utf8) + Self.umlauts + Array("\r\nEND:VCARD\r\n".utf8)
        let wide = Self.utf16("BEGIN:VCARD\nFN:Grüße\nEND:VCARD\n", isLittleEndian: true, hasMark: true)

        #expect(try judged(card, "text/x-vcard; charset=iso-8859-1").text.contains("FN:Grüße\r\n"))
        #expect(try judged(card, "text/vcard").text.contains("FN:Grüße\r\n"))
        #expect(try judged(wide, "text/vcard; charset=utf-16").text.contains("FN:Grüße\n"))
    }

    @Test("a card whose lines name their charset stays as it is, under the charset of its server")
    func cardWithCharsets() throws {
        let card =
            Array("BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=ISO-8859-1:".utf8) + Self.umlauts
            + Array("\r\nEND:VCARD\r\n".utf8)

        let judgement = try Judgement(of: card, declared: "text/x-vcard; charset=ISO-8859-1")

        #expect(judgement.bytes == card)
        #expect(judgement.contentType == "text/x-vcard; charset=\"iso-8859-1\"")
    }

    @Test("a text in a charset that nobody here knows is sent under its name")
    func unknownCharset() throws {
        let judgement = try Judgement(of: Self.umlauts, declared: "text/plain; charset=x-klingon")

        #expect(judgement.bytes == Self.umlauts)
        #expect(judgement.contentType == "text/plain; charset=\"x-klingon\"")
    }

    @Test("octets are no text")
    func octets() {
        #expect(throws: FetchFailure.self) { try Judgement(of: [1, 0, 2, 3, 4, 5], declared: "text/plain") }
    }
}
