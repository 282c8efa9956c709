/// What stands before the root element of a presentation. (XML 1.0, 2.8)
enum SMILProlog {
    /// The text without its document type declaration, which many handsets write and which must not reach our parser.
    /// Nil where it contains declarations of its own.
    static func withoutDoctype(_ utf8: [UInt8]) -> [UInt8]? {
        guard let start = doctype(in: utf8) else { return utf8 }
        var quote: UInt8?
        for index in start..<utf8.count {
            let byte = utf8[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                return nil
            } else if byte == UInt8(ascii: ">") {
                return Array(utf8[..<start] + utf8[(index + 1)...])
            }
        }
        return nil
    }

    /// Whether the root element, or the document type, is SMIL's; in any charset.
    static func leadsToSMIL(_ bytes: ArraySlice<UInt8>, charset: String?) -> Bool {
        guard Charset.beginsLikeXML(bytes.drop(while: \.isXMLSpace)) else { return false }
        let text = Charset.decodeXML(bytes.prefix(searchedBytes & ~1).drop(while: \.isXMLSpace), header: charset).utf8
        let start = doctype(in: text).map { $0 + "<!doctype".utf8.count } ?? root(of: text)
        let name = text[start...].drop(while: \.isXMLSpace)
            .prefix { $0.isASCIIAlphanumeric || [0x5F, 0x2D, 0x2E, 0x3A].contains($0) }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return local.map(\.lowercasedASCII) == Array("smil".utf8)
    }

    /// Where the name of the first element begins.
    private static func root(of text: [UInt8]) -> Int {
        var rest = text[...]
        while true {
            rest = rest.drop(while: \.isXMLSpace)
            let end = rest.starts(with: "<!--".utf8) ? "-->" : rest.starts(with: "<?".utf8) ? "?>" : nil
            guard let end else { return min(rest.startIndex + 1, text.count) }
            guard let close = rest.firstRange(of: Array(end.utf8)) else { return text.count }
            rest = rest[close.upperBound...]
        }
    }

    private static let searchedBytes = 8192

    /// Where the declaration begins. Comments and processing instructions may stand before it.
    private static func doctype(in utf8: [UInt8]) -> Int? {
        var rest = utf8[...]
        while true {
            rest = rest.drop(while: \.isXMLSpace)
            let end: String
            if rest.starts(with: "<!--".utf8) {
                end = "-->"
            } else if rest.starts(with: "<?".utf8) {
                end = "?>"
            } else {
                let isDoctype = zip(rest, "<!doctype".utf8).allSatisfy { $0.lowercasedASCII == $1 }
                return isDoctype && rest.count > 9 ? rest.startIndex : nil
            }
            guard let close = rest.indices.first(where: { rest[$0...].starts(with: end.utf8) }) else { return nil }
            rest = rest[(close + end.utf8.count)...]
        }
    }
}
