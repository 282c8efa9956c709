import MM7

/// The value of a Content-Type header: a type and parameters, as the grammar has them. (RFC 2045, 5.1)
struct StrictHeaderValue: Sendable {
    /// In lower case.
    let type: String
    /// By names in lower case.
    let parameters: [String: String]

    var isMultipart: Bool { type.hasPrefix("multipart/") }

    /// - Parameter context: the header or part, for the reason.
    init(_ text: String?, of context: String) throws(Violation) {
        guard let text else { throw Violation(.messageFormatCorrupt, "\(context) has no Content-Type") }
        var rest = Substring(text)
        let type = Self.cut(&rest, before: ";")
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy(Self.isToken) else {
            throw Violation(.messageFormatCorrupt, "the Content-Type of \(context) names no type")
        }
        var parameters: [String: String] = [:]
        while !rest.isEmpty {
            rest.removeFirst()
            let (name, value) = try Self.parameter(&rest, of: context)
            guard parameters.updateValue(value, forKey: name) == nil else {
                throw Violation(.messageFormatCorrupt, "the parameter \(name) of \(context) is repeated")
            }
        }
        self.type = type.lowercased()
        self.parameters = parameters
    }

    private static func parameter(
        _ rest: inout Substring, of context: String
    ) throws(Violation) -> (name: String, value: String) {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard let equals = rest.firstIndex(of: "="), isToken(rest[..<equals]) else {
            throw Violation(.messageFormatCorrupt, "a parameter of \(context) has no name or no value")
        }
        let name = rest[..<equals].lowercased()
        rest = rest[rest.index(after: equals)...]
        if rest.first == "\"" {
            rest.removeFirst()
            guard let close = rest.firstIndex(of: "\"") else {
                throw Violation(.messageFormatCorrupt, "the parameter \(name) of \(context) is not closed")
            }
            let value = String(rest[..<close])
            rest = rest[rest.index(after: close)...].drop { $0 == " " }
            guard rest.isEmpty || rest.first == ";" else {
                throw Violation(.messageFormatCorrupt, "something stands behind the parameter \(name) of \(context)")
            }
            return (name, value)
        }
        let value = cut(&rest, before: ";")
        // A slash or a bracket without quotes is the commonest mistake there.
        guard isToken(value) else {
            throw Violation(.messageFormatCorrupt, "the parameter \(name) of \(context) has to be quoted")
        }
        return (name, String(value))
    }

    private static func cut(_ rest: inout Substring, before end: Character) -> Substring {
        var piece = rest.prefix { $0 != end }
        rest = rest[piece.endIndex...]
        while piece.last == " " { piece.removeLast() }
        return piece
    }

    /// A token of RFC 2045: neither blanks nor the special characters.
    private static func isToken(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"()<>@,;:\\\"/[]?=".utf8.contains($0) }
    }
}
