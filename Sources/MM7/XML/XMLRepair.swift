/// Makes XML of text that breaks its rules in single characters only: ampersands and less-than signs that nobody escaped,
/// references to characters that there are not, control characters as they are. (XML 1.0, 2.2, 2.4 and 4.1)
///
/// Peers put what a handset or a web page wrote into an element without a look at it. A repetition would bring the same,
/// and what such text means is plain. Tags that do not fit each other are not mended: nobody knows what they mean.
///
/// Comments and processing instructions are left out; a document type declaration stays, to be refused.
struct XMLRepair {
    private let text: [UInt8]
    private var index = 0
    private var output: [UInt8] = []
    /// Whether a CDATA section was met that does not end.
    private var hasOpenSection = false
    /// Octets that may still be looked at ahead: what opens again and again and never ends costs as much as the text is
    /// long, and not its square.
    private var lookahead: Int

    static func repaired(_ utf8: [UInt8]) -> [UInt8] {
        var repair = XMLRepair(utf8)
        repair.run()
        return repair.output
    }

    private init(_ text: [UInt8]) {
        self.text = text
        lookahead = Self.lookaheadFactor * text.count + Self.searchLimit
        output.reserveCapacity(text.count + 64)
    }

    private mutating func run() {
        while index < text.count {
            if text[index] == UInt8(ascii: "<") { markup() } else { character() }
        }
    }

    /// Elements whose text people write, in lower case. What looks like a tag there is none.
    private static let freeTexts: Set<String> = ["subject", "statustext", "faultstring", "auxapplicinfo"]
}

// MARK: - Characters

extension XMLRepair {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Copies one character, as one that XML has and that means itself.
    private mutating func character() {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "&"): reference()
        case UInt8(ascii: "<"): literal("&lt;")
        case 0x09, 0x0A, 0x0D: copy(1)
        case 0x00...0x1F: replace(1)
        case 0xEF where text.count - index > 2 && text[index + 1] == 0xBF && text[index + 2] >= 0xBE:
            replace(3)  // U+FFFE and U+FFFF
        default: copy(1)
        }
    }

    private mutating func reference() {
        if let (value, length) = number(at: index) { return numeric(value, length) }
        let name = text[(index + 1)...].prefix(12).prefix { $0.isASCIIAlphanumeric }
        guard !name.isEmpty, name.endIndex < text.count, text[name.endIndex] == UInt8(ascii: ";") else {
            return literal("&amp;")
        }
        switch String(decoding: name, as: UTF8.self) {
        case "amp", "lt", "gt", "quot", "apos": copy(name.count + 2)
        case let name:
            guard let character = HTMLEntities.characters[name] else { return literal("&amp;") }
            output += String(character).utf8
            index += name.utf8.count + 2
        }
    }

    /// Halves of a pair, which some peers write one after the other, are one character. (Unicode, 3.8)
    private mutating func numeric(_ value: UInt32, _ length: Int) {
        if (0xD800..<0xDC00).contains(value), let (low, lowLength) = number(at: index + length),
            (0xDC00..<0xE000).contains(low),
            let joined = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
        {
            output += String(Character(joined)).utf8
            index += length + lowLength
        } else if Self.isCharacter(value) {
            copy(length)
        } else {
            replace(length)
        }
    }

    /// The value and the length of `&#65;` or `&#x41;`; nil for anything else.
    private func number(at start: Int) -> (value: UInt32, length: Int)? {
        var next = start + 2
        guard next < text.count, text[start] == UInt8(ascii: "&"), text[start + 1] == UInt8(ascii: "#") else {
            return nil
        }
        let isHexadecimal = text[next].lowercasedASCII == UInt8(ascii: "x")
        if isHexadecimal { next += 1 }
        let digits = next
        var value: UInt32 = 0
        while next < text.count, next - digits < 10, let digit = Hex.value(text[next]), isHexadecimal || digit < 10 {
            value = min(value * (isHexadecimal ? 16 : 10) + UInt32(digit), 0x110000)
            next += 1
        }
        guard next > digits, next < text.count, text[next] == UInt8(ascii: ";") else { return nil }
        return (value, next + 1 - start)
    }

    /// What XML allows. (XML 1.0, 2.2)
    private static func isCharacter(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20..<0xD800, 0xE000..<0xFFFE, 0x10000..<0x110000: true
        default: false
        }
    }

    private mutating func copy(_ count: Int) {
        output += text[index..<index + count]
        index += count
    }

    private mutating func replace(_ count: Int) {
        output += Self.replacement
        index += count
    }

    /// In place of one octet.
    private mutating func literal(_ escaped: StaticString) {
        output.append(contentsOf: UnsafeBufferPointer(start: escaped.utf8Start, count: escaped.utf8CodeUnitCount))
        index += 1
    }
}

// MARK: - Markup

extension XMLRepair {
    private mutating func markup() {
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

    /// The characters of a CDATA section, or the sign that seems to begin one.
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

    /// A tag that is one to its end; a sign of less-than with words behind it is none.
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

    /// Nil for one that goes on to the end of the text, too: no tag ends so.
    private mutating func name(at start: Int) -> Range<Int>? {
        guard start < text.count, text[start].isASCIILetter || text[start] >= 0x80 || text[start] == UInt8(ascii: "_")
        else { return nil }
        return look(from: start + 1) { !Self.isOfName($0[$1]) }.map { start..<$0 }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }

    /// The next index that has no blank; nil where none follows.
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

    /// The first index that is wanted; nil where there is none, or none that may be looked for any more.
    private mutating func look(
        from start: Int, upTo end: Int = .max, isWanted: (UnsafeBufferPointer<UInt8>, Int) -> Bool
    ) -> Int? {
        let end = min(end, text.count, start + min(lookahead, text.count))
        guard start < end else { return nil }
        let found = text.withUnsafeBufferPointer { text in (start..<end).first { isWanted(text, $0) } }
        lookahead -= (found ?? end) - start
        return found
    }

    private static let lookaheadFactor = 8
    /// Octets of one text or attribute, at most.
    private static let searchLimit = 4096
}

extension UInt8 {
    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

    var isASCIIAlphanumeric: Bool { isASCIILetter || (0x30...0x39).contains(self) }
}
