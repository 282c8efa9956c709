/// Splits a header's value at semicolons outside of quotes. (RFC 2045, 5.1)
struct HeaderFields {
    private var rest: ArraySlice<UInt8>

    /// The most parameters that are read, their pieces included: more than any header has.
    private static let limit = 64

    init(_ text: String) { self.init(Array(text.utf8)[...]) }

    init(_ bytes: ArraySlice<UInt8>) { rest = HeaderComments.removed(from: bytes) }

    /// The octets up to the next semicolon.
    mutating func next() -> ArraySlice<UInt8> {
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
            end += 1
        }
        let field = rest[..<end].trimmed
        rest = rest[end...].dropFirst()
        return field
    }

    /// Reads all that is left as `name=value`, names in lower case. Where a parameter is repeated, the first counts;
    /// the extended form takes precedence over the plain form. (RFC 6266, 4.3)
    mutating func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        var extended = ExtendedParameters()
        var count = 0
        while !rest.isEmpty, count < Self.limit {
            let field = next()
            guard let equals = field.firstIndex(of: UInt8(ascii: "=")) else { continue }
            count += 1
            let name = String(decoding: field[..<equals].trimmed, as: UTF8.self).lowercased()
            let value = Self.unquoted(field[(equals + 1)...].trimmed)
            guard !name.isEmpty, !extended.take(name, value), parameters[name] == nil else { continue }
            parameters[name] = value
        }
        return extended.isEmpty ? parameters : parameters.merging(extended.values) { _, extended in extended }
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> String {
        guard value.first == UInt8(ascii: "\"") else { return String(decoding: value, as: UTF8.self) }
        var text: [UInt8] = []
        var isEscaped = false
        text.reserveCapacity(value.count)
        for byte in value.dropFirst() {
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

extension ArraySlice<UInt8> {
    /// Without white space at both ends.
    var trimmed: Self {
        guard let first = firstIndex(where: { !$0.isXMLSpace }), let last = lastIndex(where: { !$0.isXMLSpace }) else {
            return prefix(0)
        }
        return self[first...last]
    }
}
