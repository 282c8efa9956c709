/// A media type with its parameters. (RFC 2045, 5.1, read with the leniency of mobile messaging)
public struct ContentType: Sendable, Hashable {
    /// In lower case.
    public var type: String
    /// In lower case.
    public var subtype: String
    /// By name in lower case; of a repeated parameter the first counts.
    public var parameters: [String: String]

    public init(type: String, subtype: String, parameters: [String: String] = [:]) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    /// `type/subtype`
    public var essence: String { "\(type)/\(subtype)" }

    var isMultipart: Bool { type == "multipart" }
    var isXML: Bool { subtype == "xml" || subtype.hasSuffix("+xml") && !isPresentation }
    /// SMIL under any of its names.
    var isPresentation: Bool { type == "application" && subtype.hasPrefix("smil") }

    /// Reads a header's value; parameters may be unquoted, empty or capitalised. Nil if there is no type at all.
    public init?(_ header: String) {
        var fields = HeaderFields(header)
        let essence = fields.next().split(separator: "/", maxSplits: 1).map { $0.trimmed.lowercased() }
        guard let type = essence.first, !type.isEmpty else { return nil }
        self.type = type
        subtype = essence.count > 1 ? essence[1] : ""
        parameters = fields.parameters()
    }
}

/// Splits a header's value at semicolons outside of quotes.
struct HeaderFields {
    private var rest: Substring.UTF8View.SubSequence

    /// More parameters than any header has.
    private static let limit = 32

    init(_ text: String) { rest = Substring(text).utf8[...] }

    /// The text up to the next semicolon.
    mutating func next() -> Substring {
        var isQuoted = false
        var isEscaped = false
        var end = rest.startIndex
        while end < rest.endIndex {
            let byte = rest[end]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ";"), !isQuoted {
                break
            }
            end = rest.index(after: end)
        }
        let field = Substring(rest[..<end]).trimmed
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...]
        return field
    }

    /// All that is left, as `name=value`.
    mutating func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        while !rest.isEmpty, parameters.count < Self.limit {
            let field = next()
            guard let equals = field.firstIndex(of: "=") else { continue }
            let name = field[..<equals].trimmed.lowercased()
            let value = Self.unquoted(field[field.index(after: equals)...].trimmed)
            if !name.isEmpty, parameters[name] == nil { parameters[name] = value }
        }
        return parameters
    }

    private static func unquoted(_ value: Substring) -> String {
        guard value.hasPrefix("\"") else { return String(value) }
        var text: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8.dropFirst() {
            if isEscaped {
                // A backslash before anything else is part of a file name of Windows.
                if byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
                text.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                break
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
