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
