extension JSONSyntaxReader {
    /// Reads a string and its closing quote. (RFC 8259, 7)
    mutating func readString() throws(JSONSyntax.Fault) {
        position += 1
        while true {
            skipPlain()
            if try readScalar() == nil { return }
        }
    }

    /// A hash of the name with its escapes undone, so that escaped or not it is the same.
    mutating func readNameHash() throws(JSONSyntax.Fault) -> UInt64 {
        let start = position
        position += 1
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        while let scalar = try readScalar() {
            hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01B3
            guard position - start - 1 <= JSONSyntax.nameLimit else { throw fault("the name of a member is too long") }
        }
        return hash
    }

    /// Passes octets that only stand for themselves, eight at a time.
    private mutating func skipPlain() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while position + 8 <= bytes.count {
            let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
            // Each term has the high bit of an octet set that is a quote, a backslash or a control; a borrow from the
            // octet below may set one too many, which only costs a closer look.
            let quotes = (word ^ (ones &* 0x22)) &- ones
            let backslashes = (word ^ (ones &* 0x5C)) &- ones
            let controls = word &- (ones &* 0x20)
            guard (word | quotes | backslashes | controls) & highs == 0 else { return }
            position += 8
        }
    }

    /// The next scalar of a string, or nil behind its closing quote.
    private mutating func readScalar() throws(JSONSyntax.Fault) -> UInt32? {
        guard let octet = next else { throw fault("it ends in a string") }
        switch octet {
        case UInt8(ascii: "\""):
            position += 1
            return nil
        case UInt8(ascii: "\\"): return try readEscape()
        case ..<0x20: throw fault("a string has a control character that is not escaped")
        case ..<0x80:
            position += 1
            return UInt32(octet)
        default: return try readSequence(octet)
        }
    }

    private mutating func readEscape() throws(JSONSyntax.Fault) -> UInt32 {
        position += 1
        guard let octet = next else { throw fault("it ends in a string") }
        let scalar: UInt32
        switch octet {
        case UInt8(ascii: "u"):
            position += 1
            return try readEscapedScalar()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = UInt32(octet)
        case UInt8(ascii: "b"): scalar = 0x08
        case UInt8(ascii: "f"): scalar = 0x0C
        case UInt8(ascii: "n"): scalar = 0x0A
        case UInt8(ascii: "r"): scalar = 0x0D
        case UInt8(ascii: "t"): scalar = 0x09
        default: throw fault("a string has an unknown escape")
        }
        position += 1
        return scalar
    }

    /// What is behind `\u`: four digits, or those of a pair of surrogates.
    private mutating func readEscapedScalar() throws(JSONSyntax.Fault) -> UInt32 {
        let first = try readHexadecimal()
        guard (0xD800..<0xE000).contains(first) else { return first }
        guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw fault("a string has half of a surrogate pair")
        }
        let second = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(second) else { throw fault("a string has half of a surrogate pair") }
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    private mutating func readHexadecimal() throws(JSONSyntax.Fault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case let octet? where (0x30...0x39).contains(octet): digit = octet - 0x30
            case let octet? where (0x61...0x66).contains(octet | 0x20): digit = (octet | 0x20) - 0x57
            default: throw fault("a string has an unknown escape")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// A scalar of two to four octets: the shortest form, and no surrogate. (RFC 3629, 4)
    private mutating func readSequence(_ lead: UInt8) throws(JSONSyntax.Fault) -> UInt32 {
        let (count, second): (Int, ClosedRange<UInt8>) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: throw fault("it is not UTF-8")
            }
        guard position + count <= bytes.count, second.contains(bytes[position + 1]) else {
            throw fault("it is not UTF-8")
        }
        var scalar = UInt32(lead) & (0xFF >> UInt32(count + 1))
        for offset in 1..<count {
            let octet = bytes[position + offset]
            guard octet & 0xC0 == 0x80 else { throw fault("it is not UTF-8") }
            scalar = scalar << 6 | UInt32(octet & 0x3F)
        }
        position += count
        return scalar
    }
}
