/// Separates tags, sections and comments from text that only looks like them.
extension XMLRepair {
    mutating func markup() {
        if starts("<!--") { return skip(past: "-->") }
        if starts("<?") { return skip(past: "?>") }
        if starts("<![CDATA[") { return section() }
        if starts("<!") { return copy(2) }
        guard let tag = tag(at: index) else { return literal("&lt;") }
        let name = tag.name
        copyTag(to: tag.end)
        guard tag.kind == .start, Self.freeTexts.contains(Self.localName(text[name])), let end = closing(name) else {
            return
        }
        while index < end {
            if starts("<![CDATA[") { section() } else { character() }
        }
    }

    /// Copies the characters of a CDATA section, or the less-than sign that only seems to begin one.
    private mutating func section() {
        guard !hasOpenSection, let end = find("]]>", from: index + 9) else {
            hasOpenSection = true
            return literal("&lt;")
        }
        index += 9
        while index < end {
            switch text[index] {
            case UInt8(ascii: "&"): literal("&amp;")
            default: character()
            }
        }
        index = end + 3
    }

    private mutating func skip(past end: StaticString) {
        index = find(end, from: index).map { $0 + end.utf8CodeUnitCount } ?? text.count
    }

    private struct Tag {
        enum Kind { case start, end, empty }

        var kind: Kind
        var name: Range<Int>
        /// The index after its `>`.
        var end: Int
    }

    /// A complete tag; nil for a less-than sign that is followed by other text.
    private mutating func tag(at start: Int) -> Tag? {
        var next = start + 1
        let isEnd = next < text.count && text[next] == UInt8(ascii: "/")
        if isEnd { next += 1 }
        guard let name = name(at: next) else { return nil }
        next = name.upperBound
        while true {
            guard let after = afterBlanks(at: next) else { return nil }
            let isApart = after > next
            next = after
            if text[next] == UInt8(ascii: ">") { return Tag(kind: isEnd ? .end : .start, name: name, end: next + 1) }
            if isEnd { return nil }
            if text[next] == UInt8(ascii: "/") {
                guard next + 1 < text.count, text[next + 1] == UInt8(ascii: ">") else { return nil }
                return Tag(kind: .empty, name: name, end: next + 2)
            }
            guard isApart, let end = attribute(at: next) else { return nil }
            next = end
        }
    }

    /// The index after `name="value"`.
    private mutating func attribute(at start: Int) -> Int? {
        guard let name = name(at: start), let equals = afterBlanks(at: name.upperBound),
            text[equals] == UInt8(ascii: "="), let opening = afterBlanks(at: equals + 1)
        else { return nil }
        let quote = text[opening]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        return look(from: opening + 1, upTo: opening + 1 + Self.searchLimit) { $0[$1] == quote }.map { $0 + 1 }
    }

    /// A name; nil also where it goes on to the end of the text, since no tag ends like that.
    private mutating func name(at start: Int) -> Range<Int>? {
        guard start < text.count, text[start].isASCIILetter || text[start] >= 0x80 || text[start] == UInt8(ascii: "_")
        else { return nil }
        return look(from: start + 1) { !Self.isOfName($0[$1]) }.map { start..<$0 }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }

    /// The next index without a blank; nil where there is none.
    private mutating func afterBlanks(at start: Int) -> Int? { look(from: start) { !$0[$1].isXMLSpace } }

    private mutating func copyTag(to end: Int) {
        copy(1)
        while index < end - 1 { character() }
        copy(1)
    }

    /// Where the next end tag of that name begins.
    private mutating func closing(_ name: Range<Int>) -> Int? {
        var start = index
        let limit = index + Self.searchLimit
        while let found = find("</", from: start, upTo: limit) {
            if let tag = tag(at: found), text[tag.name] == text[name] { return found }
            start = found + 2
        }
        return nil
    }

    private static func localName(_ name: ArraySlice<UInt8>) -> String {
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return String(decoding: local.prefix(16), as: UTF8.self).lowercased()
    }

    private func starts(_ wanted: String) -> Bool { text[index...].starts(with: wanted.utf8) }

    private mutating func find(_ wanted: StaticString, from start: Int, upTo end: Int = .max) -> Int? {
        let first = wanted.utf8Start[0]
        let count = wanted.utf8CodeUnitCount
        return look(from: start, upTo: end) { text, index in
            guard text[index] == first, index + count <= text.count else { return false }
            return (1..<count).allSatisfy { text[index + $0] == wanted.utf8Start[$0] }
        }
    }

    /// The first index that is wanted; nil where there is none, or where the limit of the search is reached.
    private mutating func look(
        from start: Int, upTo end: Int = .max, isWanted: (UnsafeBufferPointer<UInt8>, Int) -> Bool
    ) -> Int? {
        let end = min(end, text.count, start + min(lookahead, text.count))
        guard start < end else { return nil }
        let found = text.withUnsafeBufferPointer { text in (start..<end).first { isWanted(text, $0) } }
        lookahead -= (found ?? end) - start
        return found
    }

    static let lookaheadFactor = 8
    /// The most octets of one text or attribute that are searched.
    static let searchLimit = 4096
}
