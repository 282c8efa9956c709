/// Splits a header's value at semicolons outside of quotes. (RFC 2045, 5.1)
struct HeaderFields {
    private var rest: Substring.UTF8View.SubSequence

    /// More parameters, pieces of them counted, than any header has.
    private static let limit = 64

    init(_ text: String) { rest = Substring(HeaderComments.removed(from: text)).utf8[...] }

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

    /// All that is left, as `name=value`, names in lower case. Of a repeated parameter the first counts; one in
    /// extended form comes before one in plain form. (RFC 6266, 4.3)
    mutating func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        var extended = ExtendedParameters()
        var count = 0
        while !rest.isEmpty, count < Self.limit {
            let field = next().utf8
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            count += 1
            let name = Substring(field[..<equals]).trimmed.lowercased()
            let value = Self.unquoted(Substring(field[field.index(after: equals)...]).trimmed)
            guard !name.isEmpty, !extended.take(name, value), parameters[name] == nil else { continue }
            parameters[name] = value
        }
        return extended.isEmpty ? parameters : parameters.merging(extended.values) { _, extended in extended }
    }

    private static func unquoted(_ value: Substring) -> String {
        guard value.utf8.first == UInt8(ascii: "\"") else { return String(value) }
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
