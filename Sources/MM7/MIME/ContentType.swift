/// A media type with its parameters. (RFC 2045, 5.1, read with the leniency of mobile messaging)
public struct ContentType: Sendable, Hashable {
    /// In lower case.
    public var type: String
    /// In lower case.
    public var subtype: String
    /// The parameters by name, in lower case; where one is repeated, the first counts.
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
    /// Whether the type is SMIL, under any of its names.
    var isPresentation: Bool { type == "application" && subtype.hasPrefix("smil") }

    /// Reads a header's value; parameters may be unquoted, empty or capitalised. Nil if there is no type at all.
    public init?(_ header: String) { self.init(HeaderFields(header)) }

    init?(_ fields: HeaderFields) {
        var fields = fields
        let essence = fields.next()
        let slash = essence.firstIndex(of: UInt8(ascii: "/")) ?? essence.endIndex
        type = String(decoding: essence[..<slash].trimmed, as: UTF8.self).lowercased()
        subtype = String(decoding: essence[slash...].dropFirst().trimmed, as: UTF8.self).lowercased()
        guard !type.isEmpty else { return nil }
        parameters = fields.parameters()
    }
}
