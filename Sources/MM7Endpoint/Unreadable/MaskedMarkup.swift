import GatewayCore

/// XML or what should have been XML, with its structure alone: names of elements, and those values that say nothing of
/// a subscriber, a message or a secret. It need not be well formed.
struct MaskedMarkup {
    static let mask = "•••"

    private(set) var text = ""
    /// The local name of the element that was opened last, empty after an end.
    private var element = ""

    /// Elements whose text is kept, as far as it is no number.
    private static let elements: Set = [
        "MM7Version", "TransactionID", "MessageID", "LinkedID", "MMStatus", "StatusCode", "Priority", "faultcode",
    ]
    /// Attributes whose value is kept, by local name; those that declare namespaces are kept too.
    private static let attributes: Set = [
        "version", "encoding", "mustUnderstand", "encodingStyle", "actor", "sequence", "displayOnly",
    ]

    init(_ markup: Substring) {
        var rest = markup
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            take(text: rest[..<start])
            rest = rest[start...]
            if rest.utf8.starts(with: "<!--".utf8) {
                rest = skip(rest, past: "-->", as: "<!--")
            } else if rest.utf8.starts(with: "<![CDATA[".utf8) {
                rest = skip(rest, past: "]]>", as: "<![CDATA[")
            } else if rest.utf8.starts(with: "<!".utf8) {
                rest = skip(rest, past: ">", as: "<!")
            } else {
                let end = rest.utf8.firstIndex(of: UInt8(ascii: ">"))
                take(tag: rest[..<(end ?? rest.endIndex)].dropFirst())
                if end != nil { text += ">" }
                rest = end.map { rest[$0...].dropFirst() } ?? rest[rest.endIndex...]
            }
        }
        take(text: rest)
    }

    private mutating func skip(_ rest: Substring, past end: String, as start: String) -> Substring {
        let found = rest.utf8.firstRange(of: end.utf8)
        text += start + Self.mask + (found == nil ? "" : end)
        return found.map { rest[$0.upperBound...] } ?? rest[rest.endIndex...]
    }

    private mutating func take(text found: Substring) {
        guard !found.isEmpty else { return }
        if found.allSatisfy(\.isWhitespace) {
            text += found.contains(where: \.isNewline) ? "\n" : " "
        } else {
            text += Self.elements.contains(element) ? PeerText(found, limit: 64).description : Self.mask
        }
    }

    /// - Parameter tag: what stands between the angle brackets.
    private mutating func take(tag: Substring) {
        let isEnd = tag.first == "/"
        let name = tag.drop { $0 == "/" || $0 == "?" }.prefix { !$0.isWhitespace && $0 != "/" && $0 != "?" }
        element = isEnd ? "" : String(name.split(separator: ":").last ?? "")
        text += "<" + (isEnd ? "/" : tag.first == "?" ? "?" : "") + Self.fit(name: name)
        var rest = tag[name.endIndex...]
        while let equals = rest.firstIndex(of: "="), !isEnd {
            let key = rest[..<equals].split(whereSeparator: \.isWhitespace).last ?? ""
            let value = rest[equals...].dropFirst().drop(while: \.isWhitespace)
            guard let quote = value.first, quote == "\"" || quote == "'",
                let end = value.dropFirst().firstIndex(of: quote)
            else {
                text += " " + Self.mask
                return
            }
            let content = value[value.index(after: value.startIndex)..<end]
            text += " \(Self.fit(name: key))=\(quote)\(Self.shown(content, of: key))\(quote)"
            rest = value[value.index(after: end)...]
        }
        if !isEnd, let last = rest.last, last == "/" || last == "?" { text.append(last) }
    }

    private static func shown(_ value: Substring, of key: Substring) -> String {
        let isKept = key.hasPrefix("xmlns") || attributes.contains(String(key.split(separator: ":").last ?? ""))
        return isKept ? PeerText(value).description : mask
    }

    /// A name as names are; whatever else stands in its place is masked.
    private static func fit(name: Substring) -> String {
        let isName =
            name.utf8.count <= 64 && name.utf8.allSatisfy { $0.isLetter || ":_-.".utf8.contains($0) || $0.isDigit }
        return isName ? PeerText(name).description : mask
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
