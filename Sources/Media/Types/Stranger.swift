/// Names files that are no media, or none that handsets show, in the text for the customer.
enum Stranger {
    /// With its article, `an HTML page`; nil for what is not known at all.
    static func name(of file: some Collection<UInt8>) -> String? {
        let head = Array(file.prefix(1024))
        if let (_, name) = signatures.first(where: { head.starts(with: $0.bytes) }) { return name }
        if let name = boxed(head) { return name }
        if head.starts(with: "RIFF".utf8), head.count >= 12, head[8..<11].elementsEqual("AVI".utf8) {
            return "an AVI video"
        }
        return text(head, isWhole: head.count == file.count)
    }

    private static let signatures: [(bytes: [UInt8], name: String)] = [
        ([0x1F, 0x8B], "a gzip archive"), ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive"),
        (Array("Rar!".utf8), "a RAR archive"), ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"), (Array("BZh".utf8), "a bzip2 archive"),
        ([0x49, 0x49, 0x2A, 0x00], "a TIFF picture"), ([0x4D, 0x4D, 0x00, 0x2A], "a TIFF picture"),
        ([0x00, 0x00, 0x01, 0x00], "an icon"), (Array("8BPS".utf8), "a Photoshop picture"),
        ([0xFF, 0x0A], "a JPEG XL picture"), ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 picture"),
        ([0x30, 0x26, 0xB2, 0x75], "a Windows Media file"), (Array("FLV".utf8), "a Flash video"),
        ([0x1A, 0x45, 0xDF, 0xA3], "a Matroska video"), (Array("{\\rtf".utf8), "an RTF document"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an Office document"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        (Array("MZ".utf8), "a program"), (Array("%!PS".utf8), "a PostScript document"),
    ]

    /// Pictures in the boxes of films.
    private static func boxed(_ head: [UInt8]) -> String? {
        guard head.count >= 12 else { return nil }
        switch String(decoding: head[4..<8], as: UTF8.self) {
        case "jP  ": return "a JPEG 2000 picture"
        case "JXL ": return "a JPEG XL picture"
        case "ftyp": break
        default: return nil
        }
        switch String(decoding: head[8..<12], as: UTF8.self) {
        case "avif", "avis": return "an AVIF picture"
        case "crx ": return "a raw picture"
        case "jp2 ": return "a JPEG 2000 picture"
        default: return "a HEIF picture"
        }
    }

    private static func text(_ head: [UInt8], isWhole: Bool) -> String? {
        // A character may be cut where the head ends.
        let rest = isWhole ? 0 : 4
        guard PlainText.isReadable(head.dropLast(min(rest, head.count))), !head.isEmpty else { return nil }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if start.isEmpty { return "nothing but blanks" }
        if text.firstRange(of: "<svg") != nil { return "an SVG picture" }
        if text.firstRange(of: "<smil") != nil { return "a SMIL document" }
        if ["<!doctype html", "<html", "<head", "<body"].contains(where: { text.firstRange(of: $0) != nil }) {
            return "an HTML page"
        }
        if start.hasPrefix("<?xml") || start.hasPrefix("<") { return "XML" }
        if start.hasPrefix("{") || start.hasPrefix("[") { return "JSON" }
        return "plain text"
    }
}
