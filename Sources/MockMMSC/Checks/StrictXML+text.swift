import MM7

/// Reads names and character data, and reports their faults.
extension StrictXML {
    static func wrong(_ reason: String) -> Violation { Violation(.validationError, "XML: \(reason)") }

    static func resolve(
        _ name: String, _ scope: [String: String], default namespace: String?
    ) throws(Violation) -> (namespace: String?, local: String) {
        guard let colon = name.firstIndex(of: ":") else { return (namespace, name) }
        guard let namespace = scope[String(name[..<colon])] else {
            throw wrong("the prefix of \(name) is not declared")
        }
        return (namespace, String(name[name.index(after: colon)...]))
    }

    /// Character data with its references replaced. (XML 1.0, 4.1 and 4.6)
    static func unescaped(_ bytes: ArraySlice<UInt8>) throws(Violation) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw wrong("it is not UTF-8") }
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var pieces = text.split(separator: "&", omittingEmptySubsequences: false)[...]
        var result = String(pieces.removeFirst())
        for piece in pieces {
            guard let end = piece.firstIndex(of: ";"), let character = reference(piece[..<end]) else {
                throw wrong("a reference that is none of XML's own")
            }
            result.append(character)
            result += piece[piece.index(after: end)...]
        }
        return result
    }

    private static func reference(_ name: Substring) -> Character? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            return code.flatMap { Unicode.Scalar($0) }.map { Character($0) }
        }
    }

    static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }
}
