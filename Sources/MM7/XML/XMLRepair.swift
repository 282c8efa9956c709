/// Repairs text that breaks the rules of XML only in single characters: unescaped ampersands and less-than signs,
/// references to characters that do not exist, and raw control characters. (XML 1.0, 2.2, 2.4 and 4.1)
///
/// Peers copy what a handset or a web page wrote into an element without checking it. A repetition would bring the same
/// text, and its meaning is clear. Tags that do not match are not repaired: nobody knows what they mean.
///
/// Comments and processing instructions are left out; a document type declaration stays, to be refused.
struct XMLRepair {
    let text: [UInt8]
    var index = 0
    private var output: [UInt8] = []
    /// Whether a CDATA section without an end was found.
    var hasOpenSection = false
    /// The octets that may still be searched ahead. This keeps the cost linear for text that opens markup again and
    /// again and never ends it.
    var lookahead: Int

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

    /// The elements with text that people write, in lower case. What looks like a tag in them is text.
    static let freeTexts: Set<String> = ["subject", "statustext", "faultstring", "auxapplicinfo"]
}

// MARK: - Characters

extension XMLRepair {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Copies one character in a form that XML allows and that stands for the character itself.
    mutating func character() {
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

    /// Copies a numeric reference. Two surrogates, which some peers write one after the other, are one character.
    /// (Unicode, 3.8)
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

    /// Whether XML allows the character. (XML 1.0, 2.2)
    private static func isCharacter(_ value: UInt32) -> Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20..<0xD800, 0xE000..<0xFFFE, 0x10000..<0x110000: true
        default: false
        }
    }

    mutating func copy(_ count: Int) {
        output += text[index..<index + count]
        index += count
    }

    private mutating func replace(_ count: Int) {
        output += Self.replacement
        index += count
    }

    /// Writes the escaped form in place of one octet.
    mutating func literal(_ escaped: StaticString) {
        output.append(contentsOf: UnsafeBufferPointer(start: escaped.utf8Start, count: escaped.utf8CodeUnitCount))
        index += 1
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }

    var isASCIIAlphanumeric: Bool { isASCIILetter || (0x30...0x39).contains(self) }
}
