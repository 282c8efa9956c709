/// Writes one SOAP envelope in the style of a profile. (TS 23.140, 8.7.8.1; SOAP 1.1, 4)
struct EnvelopeWriter {
    var xml: XMLWriter
    let profile: Profile
    let namespace: String
    let version: String
    /// What the profile and the schema of the namespace both know.
    let elements: ElementSet

    init(_ given: Profile, namespace: String? = nil, version: String? = nil) {
        var profile = given
        let schema = SchemaVersion.named(namespace ?? given.namespace)
        // A profile whose namespace was set by hand has only the elements of that namespace's schema.
        if let schema, schema.namespace != profile.namespace { profile.adopt(schema) }
        self.profile = profile
        self.namespace = namespace ?? given.namespace
        self.version = version ?? (namespace == nil ? given.version : profile.version)
        elements = schema.map { profile.elements.intersection($0.elements) } ?? profile.elements
        xml = XMLWriter(capacity: 2048)
    }

    /// The whole envelope, XML declaration included.
    mutating func write(_ envelope: Envelope) throws(MM7Error) {
        xml.literal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
            """)
        if let transactionID = envelope.transactionID {
            xml.literal("<env:Header>")
            try openNamespaced("TransactionID")
            xml.literal(" env:mustUnderstand=\"1\">")
            try xml.text(transactionID, of: "TransactionID", .exact)
            xml.close("TransactionID")
            xml.literal("</env:Header>")
        }
        xml.literal("<env:Body>")
        try body(envelope.body)
        xml.literal("</env:Body></env:Envelope>")
    }

    /// An operation with its MM7Version and the children that `children` writes.
    mutating func operation(
        _ name: StaticString, _ children: (inout EnvelopeWriter) throws(MM7Error) -> Void
    ) throws(MM7Error) {
        try openNamespaced(name)
        xml.literal(">")
        xml.isPrefixed = profile.namespaceStyle == .prefixed
        try xml.element("MM7Version", version)
        try children(&self)
        xml.isPrefixed = profile.namespaceStyle != .defaultNamespace
        xml.close(name)
    }

    /// A response that is only a Status.
    mutating func response(_ name: StaticString, _ status: ResponseStatus) throws(MM7Error) {
        try operation(name) { writer throws(MM7Error) in try writer.status(status) }
    }

    private mutating func openNamespaced(_ name: StaticString) throws(MM7Error) {
        xml.isPrefixed = profile.namespaceStyle != .defaultNamespace
        xml.openWithAttributes(name)
        xml.literal(xml.isPrefixed ? " xmlns:mm7=\"" : " xmlns=\"")
        try xml.text(namespace, of: name)
        xml.literal("\"")
    }
}
