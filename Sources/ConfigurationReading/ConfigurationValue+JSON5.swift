extension ConfigurationValue {
    /// The value as an operator would write it: bare keys, one member a line, short lists in one line.
    package func json5(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .object(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { "\(inner)\(Self.key($0.key)): \($0.value.json5(indent: inner)),\n" }
            return "{\n" + lines.joined() + indent + "}"
        case .array(let elements):
            let texts = elements.map { $0.json5(indent: inner) }
            let width = texts.reduce(0) { $0 + $1.utf8.count + 2 }
            guard width > 90 || texts.contains(where: { $0.contains("\n") }) else {
                return "[" + texts.joined(separator: ", ") + "]"
            }
            return "[\n" + texts.map { "\(inner)\($0),\n" }.joined() + indent + "]"
        case .string(let string): return Self.quoted(string)
        case .number(let number): return Self.text(of: number)
        case .bool(let bool): return bool ? "true" : "false"
        case .null: return "null"
        }
    }

    /// The key without quotes where it is a single word.
    private static func key(_ key: String) -> String {
        let isBare = key.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        return isBare && key.utf8.first?.isDigit == false ? key : quoted(key)
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
