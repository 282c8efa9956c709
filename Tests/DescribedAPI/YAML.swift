import Foundation

/// As much of YAML 1.2 as the files in `schemas/openapi` are written in: block mappings and sequences, block scalars, and
/// flow collections, in which JSON is contained. Nothing else is taken.
struct YAML {
    struct Fault: Error {
        let line: String
    }

    private var lines: [(indent: Int, text: Substring)]

    static func value(of text: String) throws -> JSON {
        var reader = YAML(text)
        return try reader.block(reader.lines.last?.indent ?? 0)
    }

    /// The lines come last first, so that the next one is cheap to take.
    private init(_ text: String) {
        lines = text.split(separator: "\n").reversed().compactMap { line in
            let text = line.drop { $0 == " " }
            return text.isEmpty || text.hasPrefix("# ") ? nil : (line.count - text.count, text)
        }
    }

    /// The value whose lines begin at this indent.
    private mutating func block(_ indent: Int) throws -> JSON {
        guard let first = lines.last?.text else { return .null }
        if first.hasPrefix("- ") { return try sequence(indent) }
        if first.hasPrefix("{") || first.hasPrefix("[") { return try Flow.value(of: taken(from: indent)) }
        var members: [String: JSON] = [:]
        while let (deep, line) = lines.last, deep == indent {
            lines.removeLast()
            var flow = Flow(line)
            let name = try flow.key()
            members[name] = try member(flow.rest, below: indent)
        }
        return .object(members)
    }

    private mutating func member(_ text: Substring, below indent: Int) throws -> JSON {
        switch text {
        case "":
            guard let next = lines.last?.indent, next > indent else { return .null }
            return try block(next)
        case "|", ">-": return .string(taken(from: indent + 1))
        default: return try Flow.value(of: String(text))
        }
    }

    private mutating func sequence(_ indent: Int) throws -> JSON {
        var elements: [JSON] = []
        while let (deep, line) = lines.last, deep == indent, line.hasPrefix("- ") {
            let rest = line.dropFirst(2)
            let isMapping = !rest.hasPrefix("{") && (rest.contains(": ") || rest.hasSuffix(":"))
            lines.removeLast()
            guard isMapping else {
                elements.append(try Flow.value(of: String(rest)))
                continue
            }
            lines.append((indent + 2, rest))
            elements.append(try block(indent + 2))
        }
        return .array(elements)
    }

    /// The text of all lines that are at least so deep.
    private mutating func taken(from indent: Int) -> String {
        var texts: [Substring] = []
        while let (deep, text) = lines.last, deep >= indent {
            lines.removeLast()
            texts.append(text)
        }
        return texts.joined(separator: "\n")
    }

    /// `{a: b}`, `[a, b]`, JSON, and scalars.
    private struct Flow {
        var rest: Substring

        init(_ text: some StringProtocol) { rest = Substring(text) }

        static func value(of text: String) throws -> JSON {
            var flow = Flow(text)
            // Outside of brackets a plain scalar goes to the end of its line, whatever is in it.
            guard let first = text.first, "{['\"".contains(first) else { return plain(text) }
            let value = try flow.value()
            flow.skipBlanks()
            guard flow.rest.isEmpty else { throw Fault(line: text) }
            return value
        }

        mutating func key() throws -> String {
            skipBlanks()
            let name: String
            if let first = rest.first, "'\"".contains(first) {
                name = try quoted(first)
            } else {
                guard let colon = rest.firstIndex(of: ":") else { throw Fault(line: String(rest)) }
                name = String(rest[..<colon])
                rest = rest[colon...]
            }
            guard rest.popFirst() == ":" else { throw Fault(line: name) }
            skipBlanks()
            return name
        }

        private mutating func value() throws -> JSON {
            skipBlanks()
            switch rest.first {
            case "{":
                var members: [String: JSON] = [:]
                try each("}") { flow in
                    let name = try flow.key()
                    members[name] = try flow.value()
                }
                return .object(members)
            case "[":
                var elements: [JSON] = []
                try each("]") { elements.append(try $0.value()) }
                return .array(elements)
            case let quote? where "'\"".contains(quote): return .string(try quoted(quote))
            default:
                let text = rest.prefix { !",]}\n".contains($0) }
                rest = rest[text.endIndex...]
                return Self.plain(text.trimmingCharacters(in: .whitespaces))
            }
        }

        /// What stands between commas, up to the closing bracket.
        private mutating func each(_ end: Character, _ read: (inout Flow) throws -> Void) throws {
            rest.removeFirst()
            skipBlanks()
            while rest.first != end {
                try read(&self)
                skipBlanks()
                if rest.first == "," {
                    rest.removeFirst()
                } else if rest.first != end {
                    throw Fault(line: String(rest))
                }
                skipBlanks()
            }
            rest.removeFirst()
        }

        private mutating func quoted(_ quote: Character) throws -> String {
            var isEscaped = false
            let end = rest.dropFirst().firstIndex { character in
                defer { isEscaped = !isEscaped && quote == "\"" && character == "\\" }
                return character == quote && !isEscaped
            }
            guard let end else { throw Fault(line: String(rest)) }
            let text = rest[...end]
            rest = rest[text.endIndex...]
            guard quote == "\"" else { return String(text.dropFirst().dropLast()) }
            guard case .string(let value) = try JSON(String(text)) else { throw Fault(line: String(text)) }
            return value
        }

        mutating func skipBlanks() {
            rest = rest.drop { $0.isWhitespace }
        }

        /// `-4.25`, and neither a version nor a word.
        private static func decimal(_ text: String) -> Double? {
            text.allSatisfy { "-.0123456789".contains($0) } ? Double(text) : nil
        }

        private static func plain(_ text: String) -> JSON {
            switch text {
            case "true": .bool(true)
            case "false": .bool(false)
            case "null": .null
            default: Int(text).map { .int($0) } ?? decimal(text).map { .double($0) } ?? .string(text)
            }
        }
    }
}
