import Testing

@testable import MM7

@Suite("Text of any charset")
struct CharsetTests {
    @Test(
        "a text is decoded by its charset, or by what it can only be",
        arguments: [
            ([0x93, 0x48, 0x69, 0x94, 0x20, 0x80], "windows-1252", "“Hi” €"),
            ([0x93, 0x48, 0x69, 0x94, 0xE9], "iso-8859-1", "“Hi”é"), ([0x93, 0xE9], nil, "“é"), ([0xE9], "utf-8", "é"),
            ([0xC4, 0xE3, 0xBA, 0xC3], "gb2312", "你好"), ([0xC4, 0xE3, 0xBA, 0xC3], "2025", "你好"),
            ([0xBE, 0xC8, 0xB3, 0xE7], "euc-kr", "안녕"), ([0x82, 0xA0], "x-sjis", "あ"), ([0xC3, 0xA9], "106", "é"),
            ([0xA7, 0x41, 0xA6, 0x6E], "big5", "你好"), ([0, 0x41], "utf-16", "A"), ([0x41, 0], "utf-16", "A"),
            ([0xFE, 0xFF, 0x4E, 0x2D], "utf-16", "中"), ([0x4E, 0x2D], "ucs-2", "中"), ([0xE9], "x-unknown", "é"),
            (Array("Hello you".utf8), "utf-16", "Hello you"), ([0xC3, 0xA9], "us-ascii", "é"),
            ([0xCF, 0xF0], "koi8-r", "оП"),
            ([0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "iso-2022-jp", "あ"),
        ] as [([UInt8], String?, String)])
    func texts(bytes: [UInt8], charset: String?, text: String) {
        #expect(Charset.decodeText(bytes[...], charset: charset) == text)
    }

    @Test("XML that says utf-8 and is western is read as western, and damaged UTF-8 has its damage marked")
    func western() {
        let xml = Array("<a>Gr".utf8) + [0xFC, 0xDF, 0x65] + Array("</a>".utf8)
        let damaged = Array("<a>ü".utf8) + [0xFC] + Array("</a>".utf8)

        let read = Charset.decodeXML(xml[...], header: "utf-8")
        #expect(String(decoding: read.utf8, as: UTF8.self) == "<a>Grüße</a>")
        #expect(!read.isExact)
        #expect(
            String(decoding: Charset.decodeXML(damaged[...], header: nil).utf8, as: UTF8.self) == "<a>ü\u{FFFD}</a>")
    }
}
