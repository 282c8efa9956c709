import FoundationEssentials

/// What the decoder does not report about a JSON5 text: the line of the first fault, and keys that an object has twice,
/// of which the decoder keeps one or the other.
///
/// It follows the structure only; the decoder judges what stands between two commas.
struct JSON5Outline {
    struct Key: Equatable {
        var name: String
        var line: Int
    }

    struct Misfit: Error, Equatable {
        var line: Int
        var text: String
    }

    private(set) var repeatedKeys: [Key] = []
    /// nil: the structure is sound.
    private(set) var misfit: Misfit?

    private let text: [UInt8]
    private var position = 0
    private var line = 1
    private var depth = 0
    /// The keys of the value that is being read, from the outside in.
    private var keys: [String] = []

    init(of data: Data) {
        text = Array(data)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        do throws(Misfit) {
            try skipBlanks()
            try readValue()
            try skipBlanks()
            if position < text.count { throw fault("nothing may follow the closing brace") }
        } catch {
            misfit = error
        }
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private func fault(_ text: String) -> Misfit { Misfit(line: line, text: text) }

    private mutating func advance() {
        if next == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character.asciiValue else { return false }
        advance()
        return true
    }

    private mutating func skipBlanks() throws(Misfit) {
        while let character = next {
            if character <= 0x20 {
                advance()
            } else if text[position...].starts(with: "\u{A0}".utf8) {
                // A blank that is copied along with text from a web page.
                position += 2
            } else if text[position...].starts(with: "//".utf8) {
                while let character = next, character != UInt8(ascii: "\n") { advance() }
            } else if text[position...].starts(with: "/*".utf8) {
                let start = fault("the comment that begins with /* does not end; close it with */")
                while !text[position...].starts(with: "*/".utf8) {
                    if next == nil { throw start }
                    advance()
                }
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func readValue() throws(Misfit) {
        // The decoder refuses 512 levels; this reader must not overflow the stack before that.
        guard depth < 500 else { throw fault("is nested too deep") }
        depth += 1
        defer { depth -= 1 }
        switch next {
        case UInt8(ascii: "{"): try readObject()
        case UInt8(ascii: "["): try readArray()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try readString()
        case nil: throw fault("the text ends where a value should be")
        default: try readWord()
        }
    }

    private mutating func readObject() throws(Misfit) {
        let start = fault("the brace { has no closing }")
        var keys: Set<String> = []
        advance()
        while true {
            try skipBlanks()
            if take("}") { return }
            if next == nil { throw start }
            let key = Key(name: try readKey(), line: line)
            if !keys.insert(key.name).inserted { repeatedKeys.append(key) }
            try skipBlanks()
            guard take(":") else { throw fault("a colon is missing after a key") }
            try skipBlanks()
            self.keys.append(key.name)
            try readValue()
            self.keys.removeLast()
            try readSeparator(before: "}", of: start)
        }
    }

    private mutating func readArray() throws(Misfit) {
        let start = fault("the bracket [ has no closing ]")
        advance()
        while true {
            try skipBlanks()
            if take("]") { return }
            if next == nil { throw start }
            try readValue()
            try readSeparator(before: "]", of: start)
        }
    }

    private mutating func readSeparator(before end: Character, of start: Misfit) throws(Misfit) {
        let lineOfValue = line
        try skipBlanks()
        if take(",") || next == end.asciiValue { return }
        throw next == nil ? start : Misfit(line: lineOfValue, text: "a comma or \(end) is missing after a value")
    }

    private mutating func readKey() throws(Misfit) -> String {
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return try readString() }
        let start = position
        while let character = next, Self.isWord(character) { advance() }
        guard position > start else { throw fault("a key is missing: a word, or any text in quotes") }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// The text between the quotes, escapes as they stand: enough to compare keys.
    private mutating func readString() throws(Misfit) -> String {
        let unclosed = fault("a string has no closing quote in its line")
        let quote = text[position]
        advance()
        let start = position
        while let character = next, character != quote {
            if character == UInt8(ascii: "\n") { throw unclosed }
            if character == UInt8(ascii: "\\") { advance() }
            if next != nil { advance() }
        }
        guard next == quote else { throw unclosed }
        let content = String(decoding: text[start..<position], as: UTF8.self)
        advance()
        return content
    }

    private mutating func readWord() throws(Misfit) {
        let start = position
        while let character = next, Self.isWord(character) || "+-.".utf8.contains(character) { advance() }
        guard position > start else { throw fault("a value is missing, or a sign too many") }
        let word = String(decoding: text[start..<position], as: UTF8.self)
        if ["true", "false", "null", "Infinity", "NaN"].contains(word) { return }
        let isNumber = text[start].isDigit || "+-.".utf8.contains(text[start])
        let place = keys.isEmpty ? "" : keys.joined(separator: ".") + ": "
        guard isNumber else { throw fault(place + "a string needs quotes around it") }
        guard Self.isReadable(number: word) else {
            throw fault(place + "\(word) is no number that can be read; a string needs quotes around it")
        }
    }

    /// Whether the decoder reads it: a number in JSON5, no further from 0 and no nearer to it than a `Double` can be.
    private static func isReadable(number text: String) -> Bool {
        let digits = text.utf8.first.map { "+-".utf8.contains($0) } == true ? text.utf8.dropFirst() : text.utf8[...]
        if digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) {
            return UInt64(Substring(digits.dropFirst(2)), radix: 16) != nil
        }
        if ["Infinity", "NaN"].contains(String(Substring(digits))) { return true }
        let hasZeroBefore =
            digits.count > 1 && digits.starts(with: "0".utf8) && digits.dropFirst().first?.isDigit == true
        guard !hasZeroBefore, digits.first.map({ $0.isDigit || $0 == UInt8(ascii: ".") }) == true,
            digits.allSatisfy({ $0.isDigit || ".eE+-".utf8.contains($0) }),
            let number = Double(Substring(digits))
        else { return false }
        return number.isFinite
            && (number != 0 || !digits.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) })
    }

    private static func isWord(_ character: UInt8) -> Bool {
        character.isDigit || character.isLetter || character >= 0x80 || "_$".utf8.contains(character)
    }
}

extension UInt8 {
    package var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    package var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
