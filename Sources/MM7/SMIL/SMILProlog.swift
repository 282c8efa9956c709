/// What stands before the root element of a presentation. (XML 1.0, 2.8)
enum SMILProlog {
    /// The text without its document type declaration, which many handsets write and no parser of ours is to see.
    /// Nil for one with declarations of its own inside.
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
