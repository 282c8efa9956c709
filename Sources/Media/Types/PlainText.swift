import MM7

/// Lines of text in any charset, turned into UTF-8 as far as that is possible: handsets know no other for certain.
enum PlainText {
    /// - Parameter charset: what the server says; nil where it says none.
    /// - Returns: the text, and the charset that it has; nil for what is no text.
    static func inUTF8(_ bytes: [UInt8], charset: String?) -> (bytes: [UInt8], charset: String)? {
        if let (name, length) = Charset.byteOrderMark(bytes[...]),
            let text = Charset.utf8(bytes.dropFirst(length), charset: name)
        {
            return readable(text)
        }
        // Where a character takes two octets, half of those of western texts are zero.
        if isWide(bytes), let text = Charset.utf8(bytes[...], charset: "utf-16"), isReadable(text) {
            return (text, "utf-8")
        }
        if let charset = charset.flatMap(plainName), let text = decoded(bytes, charset) { return readable(text) }
        if String(validating: bytes, as: UTF8.self) != nil { return readable(bytes) }
        if let charset = charset.flatMap(plainName), !isUTF8(charset) {
            // The text cannot be converted here; a receiver that knows the charset can read it.
            return bytes.contains(0) ? nil : (bytes, charset)
        }
        return (Charset.utf8(bytes[...], charset: "windows-1252") ?? Charset.utf8(bytes[...], charset: "iso-8859-1"))
            .flatMap(readable)
    }

    /// Whether it is UTF-8 without characters that no text has.
    static func isReadable(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.contains { $0 < 0x09 || $0 == 0x7F || (0x0E..<0x1B).contains($0) }
            && String(validating: bytes, as: UTF8.self) != nil
    }

    private static func readable(_ text: [UInt8]) -> (bytes: [UInt8], charset: String)? {
        text.contains(0) ? nil : (text, "utf-8")
    }

    private static func decoded(_ bytes: [UInt8], _ charset: String) -> [UInt8]? {
        // Latin 1 has only control characters there; such a text is in windows-1252, as browsers read it.
        let isLatin = ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1"].contains(charset)
        if isLatin, bytes.contains(where: { (0x80...0x9F).contains($0) }),
            let text = Charset.utf8(bytes[...], charset: "windows-1252")
        {
            return text
        }
        return Charset.utf8(bytes[...], charset: charset)
    }

    private static func isWide(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(512)
        return head.count >= 2 && head.count(where: { $0 == 0 }) * 3 > head.count
    }

    private static func isUTF8(_ charset: String) -> Bool {
        ["utf-8", "utf8", "us-ascii", "ascii"].contains(charset)
    }

    /// A charset name in lower case, without the quotes that some put around it; nil for a text that is no such name.
    private static func plainName(_ charset: String) -> String? {
        let name = charset.lowercased().filter { !" \t'\"".contains($0) }
        let isPlain = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || "-_.:+".utf8.contains($0)
        }
        return !name.isEmpty && name.utf8.count <= 40 && isPlain ? name : nil
    }
}
