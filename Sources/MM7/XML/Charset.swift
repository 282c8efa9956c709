import CLibXML2

/// Character sets of text received, turned into UTF-8.
package enum Charset {
    /// Decodes XML text. The charset of the header comes first, then that of the XML declaration, then UTF-8; the first
    /// that fits the octets wins. (RFC 7303, 3, as far as peers keep to it)
    ///
    /// `isExact` is false where octets had to be replaced by U+FFFD.
    static func decodeXML(_ bytes: ArraySlice<UInt8>, header: String?) -> (utf8: [UInt8], isExact: Bool) {
        var (text, isExact) = decodedXML(bytes, header: header)
        // Drops blanks between a byte order mark and the declaration, which the parser does not accept.
        if text.first?.isXMLSpace == true { text.removeFirst(text.prefix(while: \.isXMLSpace).count) }
        return (text, isExact)
    }

    private static func decodedXML(_ bytes: ArraySlice<UInt8>, header: String?) -> (utf8: [UInt8], isExact: Bool) {
        if let (charset, length) = byteOrderMark(bytes) {
            let rest = bytes.dropFirst(length)
            return utf8(rest, charset: charset).map { ($0, true) } ?? (replacing(rest), false)
        }
        if let wide = wideCharset(bytes), let text = utf8(bytes, charset: wide) { return (text, true) }
        let text = narrow(bytes, header) ?? narrow(bytes, declaredEncoding(bytes)) ?? narrow(bytes, "utf-8")
        return text.map { ($0, true) } ?? (hasUTF8(bytes) ? replacing(bytes) : latin1(bytes), false)
    }

    /// Whether some character beyond ASCII is valid UTF-8; if none is, the octets are in a western charset.
    private static func hasUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.contains { $0.value >= 0x80 && $0 != "\u{FFFD}" }
    }

    /// The text as UTF-8 where it claims to be UTF-16 but has no NUL before or after its `<`; nil for other text.
    private static func narrow(_ bytes: ArraySlice<UInt8>, _ charset: String?) -> [UInt8]? {
        guard let charset, !wideNames.contains(plainName(charset)) else { return nil }
        return utf8(bytes, charset: charset)
    }

    /// True if the octets are XML in any charset, as far as the first character shows.
    static func beginsLikeXML(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first != UInt8(ascii: "<") else { return !bytes.isEmpty }
        let text = bytes.drop(while: \.isXMLSpace)
        if wideCharset(text) != nil { return true }
        guard let (charset, length) = byteOrderMark(text) else { return text.first == UInt8(ascii: "<") }
        return charset != "utf-8" || text.dropFirst(length).first { !$0.isXMLSpace } == UInt8(ascii: "<")
    }

    /// Decodes plain text: by its charset, else as UTF-8 if it is valid, else as ISO-8859-1.
    static func decodeText(_ bytes: ArraySlice<UInt8>, charset: String?) -> String {
        let text: [UInt8]
        if let (charset, length) = byteOrderMark(bytes), let decoded = utf8(bytes.dropFirst(length), charset: charset) {
            text = decoded
        } else if let charset, wideNames.contains(plainName(charset)), bytes.count >= 8,
            bytes.allSatisfy({ $0 < 0x7F && $0 >= 0x09 })
        {
            // Real UTF-16 has NULs, or characters that other text would give only by a rare chance.
            text = Array(bytes)
        } else {
            text = charset.flatMap { utf8(bytes, charset: $0) } ?? utf8(bytes, charset: "utf-8") ?? latin1(bytes)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes in UTF-8, or nil if the charset is unknown or the bytes do not fit it.
    package static func utf8(_ bytes: ArraySlice<UInt8>, charset: String) -> [UInt8]? {
        let name = plainName(charset)
        switch name {
        case "utf-8", "utf8", "us-ascii", "ascii", "":
            // Text that claims to be ASCII and is not is nearly always UTF-8.
            if bytes.allSatisfy({ $0 < 0x80 }) { return Array(bytes) }
            return String(validating: bytes, as: UTF8.self) == nil ? nil : Array(bytes)
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1":
            return latin1(bytes)
        case "windows-1252", "cp1252", "x-cp1252", "ansi": return latin1(bytes)
        // Text said to be in the older sets is usually in their supersets.
        case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j":
            return converted(bytes, from: "CP932")
        case "iso-8859-8-i", "iso-8859-8-e": return converted(bytes, from: "ISO-8859-8")
        case "gb2312", "gbk", "gb_2312-80", "euc-cn", "x-gbk", "cp936":
            return converted(bytes, from: "GB18030")
        case "euc-kr", "euckr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "ms949", "x-windows-949":
            return converted(bytes, from: "CP949")
        case _ where wideNames.contains(name):
            return converted(bytes, from: isLittleEndian(bytes) ? "UTF-16LE" : "UTF-16BE")
        default: return converted(bytes, from: name)
        }
    }

    /// A charset name in lower case, without the quotes that some peers put around it. WAP has numbers for names.
    private static func plainName(_ charset: String) -> String {
        let name = charset.lowercased().filter { !" \t'\"".contains($0) }
        return numbers[name] ?? name
    }

    /// Charset names by IANA's MIBenum numbers.
    private static let numbers = [
        "3": "us-ascii", "4": "iso-8859-1", "17": "shift_jis", "38": "euc-kr", "106": "utf-8", "113": "gbk",
        "1000": "ucs-2", "1013": "utf-16be", "1014": "utf-16le", "1015": "utf-16", "2025": "gb2312", "2026": "big5",
        "2252": "windows-1252",
    ]

    /// The names of UTF-16 that leave the byte order to be found from the octets.
    private static let wideNames: Set<String> = [
        "utf-16", "utf16", "ucs-2", "ucs2", "iso-10646-ucs-2", "csunicode", "unicode",
    ]

    /// The byte order of UTF-16 without a mark: western text has its zeros in the upper octets. (RFC 2781, 4.3 wants
    /// big-endian, but not all keep to it)
    private static func isLittleEndian(_ bytes: ArraySlice<UInt8>) -> Bool {
        var zeros = (even: 0, odd: 0)
        for (index, byte) in bytes.prefix(256).enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        return zeros.odd > zeros.even
    }

    /// The charset of XML that begins with `<` in UTF-16 and has no byte order mark.
    private static func wideCharset(_ bytes: ArraySlice<UInt8>) -> String? {
        if bytes.starts(with: [0x3C, 0x00]) { return "utf-16le" }
        // A third octet distinguishes it from a NUL before other XML.
        if bytes.starts(with: [0x00, 0x3C, 0x00]) { return "utf-16be" }
        return nil
    }

    package static func byteOrderMark(_ bytes: ArraySlice<UInt8>) -> (charset: String, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("utf-8", 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return ("utf-16le", 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return ("utf-16be", 2) }
        return nil
    }

    /// The `encoding` of the XML declaration, if there is one in the first 128 octets.
    private static func declaredEncoding(_ bytes: ArraySlice<UInt8>) -> String? {
        let head = bytes.drop(while: \.isXMLSpace).prefix(128)
        guard head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: head[..<end], as: UTF8.self)
        guard let name = declaration[...].firstRangeOfASCII("encoding") else { return nil }
        let rest = declaration[name...].dropFirst(8).drop { $0 == " " || $0 == "=" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    /// Decodes ISO-8859-1, but as windows-1252 where ISO-8859-1 has control characters: peers that confuse the two mean
    /// the quotation marks. (WHATWG Encoding, 4.2)
    private static func latin1(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else if byte < 0xA0, let character = windows1252[Int(byte - 0x80)] {
                text += character
            } else {
                text.append(0xC0 | byte >> 6)
                text.append(0x80 | byte & 0x3F)
            }
        }
        return text
    }

    /// The characters of windows-1252 from 0x80 on; nil where it has none.
    private static let windows1252: [[UInt8]?] = Array("€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ").map { character in
        character == "\0" ? nil : Array(String(character).utf8)
    }

    private static func replacing(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// Converts through libxml2, which asks iconv.
    private static func converted(_ bytes: ArraySlice<UInt8>, from name: String) -> [UInt8]? {
        LibXML2.isReady
        // iconv reads more than a name out of this argument (`//TRANSLIT`), so only plain names reach it.
        let isPlain =
            name.utf8.count <= 32
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte.lowercasedASCII)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
        guard isPlain, !bytes.isEmpty, bytes.count <= 16 << 20, let handler = xmlFindCharEncodingHandler(name)
        else { return bytes.isEmpty ? [] : nil }
        defer { xmlCharEncCloseFunc(handler) }

        // Four octets for each octet are more than any charset needs, so the conversion takes one call.
        let source = xmlBufferCreateSize(bytes.count + 1)
        let target = xmlBufferCreateSize(bytes.count * 4 + 16)
        defer {
            xmlBufferFree(source)
            xmlBufferFree(target)
        }
        let isLoaded = bytes.withUnsafeBufferPointer { buffer in
            xmlBufferAdd(source, buffer.baseAddress, Int32(buffer.count)) == 0
        }
        // libxml2 would print what does not fit, octets included. The handler belongs to this thread alone.
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        defer { xmlSetStructuredErrorFunc(nil, nil) }
        guard isLoaded, xmlCharEncInFunc(handler, target, source) >= 0, xmlBufferLength(source) == 0 else { return nil }
        return Array(UnsafeBufferPointer(start: xmlBufferContent(target), count: Int(xmlBufferLength(target))))
    }
}
