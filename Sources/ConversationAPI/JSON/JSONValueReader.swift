import GatewayCore

/// Makes values of JSON that `JSONSyntax` has found to be faultless: brackets close, escapes are whole, nothing is deeper
/// than it allows.
struct JSONValueReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func value() -> JSONValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "t"):
            position += 4
            return .bool(true)
        case UInt8(ascii: "f"):
            position += 5
            return .bool(false)
        case UInt8(ascii: "n"):
            position += 4
            return .null
        default: return number()
        }
    }

    private mutating func object() -> JSONValue {
        var members: [JSONValue.Member] = []
        position += 1
        while !closes(UInt8(ascii: "}")) {
            let name = string()
            skipBlanks()
            // The colon.
            position += 1
            members.append(JSONValue.Member(name, value()))
        }
        return .object(members)
    }

    /// The members of the object that is next. The text of one of them is left as it is, and is not among them.
    mutating func object(leaving left: String) -> (others: JSONValue, text: String?) {
        var others: [JSONValue.Member] = []
        var text: String?
        position += 1
        while !closes(UInt8(ascii: "}")) {
            let name = string()
            skipBlanks()
            // The colon.
            position += 1
            if name.isExactly(left) {
                skipBlanks()
                let start = position
                skipValue()
                text = String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
            } else {
                others.append(JSONValue.Member(name, value()))
            }
        }
        return (.object(others), text)
    }

    private mutating func skipValue() {
        var depth = 0
        repeat {
            skipBlanks()
            switch next {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"): position += 1
            default: _ = value()
            }
        } while depth > 0 && position < bytes.count
    }

    private mutating func skipString() {
        position += 1
        while position < bytes.count, next != UInt8(ascii: "\"") {
            position += next == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func array() -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        while !closes(UInt8(ascii: "]")) { elements.append(value()) }
        return .array(elements)
    }

    /// Whether the bracket or the end is next; a comma before the next element is passed.
    private mutating func closes(_ bracket: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count else { return true }
        if next == bracket {
            position += 1
            return true
        }
        if next == UInt8(ascii: ",") {
            position += 1
            skipBlanks()
        }
        return false
    }

    private mutating func number() -> JSONValue {
        let start = position
        while position < bytes.count {
            switch next {
            case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
                UInt8(ascii: "E"):
                position += 1
                continue
            default: break
            }
            break
        }
        // Whatever else were here would not be passed.
        if position == start { position += 1 }
        return .number(String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self))
    }

    private mutating func string() -> String {
        position += 1
        let start = position
        while position < bytes.count, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { position += 1 }
        if next != UInt8(ascii: "\\") {
            defer { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }
        var octets = Array(bytes[start..<position])
        while position < bytes.count, next != UInt8(ascii: "\"") {
            if next == UInt8(ascii: "\\") {
                octets.append(contentsOf: String(escaped()).utf8)
            } else {
                octets.append(next)
                position += 1
            }
        }
        position += 1
        return String(decoding: octets, as: UTF8.self)
    }

    private mutating func escaped() -> Unicode.Scalar {
        position += 1
        defer { position += 1 }
        switch next {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = hexadecimal()
            guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            // The other half follows as `\u` too.
            position += 2
            return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (hexadecimal() & 0x3FF)) ?? "\u{FFFD}"
        default: return Unicode.Scalar(next)
        }
    }

    /// Four digits behind the letter; the last of them is left to be passed.
    private mutating func hexadecimal() -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            position += 1
            let digit = Character(Unicode.Scalar(next)).hexDigitValue ?? 0
            number = number << 4 | UInt32(digit)
        }
        return number
    }

    private mutating func skipBlanks() {
        while position < bytes.count, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }
}
