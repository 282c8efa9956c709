/// Checks whether envelopes are valid by SOAP and by one MM7 schema. (SOAP 1.1, 4; TS 23.140, annex L)
///
/// Real relays often break the schema. This is for testing a peer or one's own messages, and for peers known to be
/// exact.
public struct SchemaValidator: Sendable {
    private let namespace: String
    private let schema: XMLSchema

    /// - Parameters:
    ///   - namespace: The MM7 namespace whose schema is meant.
    ///   - areChildrenQualified: False for the form in which only the operation is in the namespace, and nothing inside
    ///     it is. (`Profile.NamespaceStyle.prefixedRoot`)
    /// - Throws: `.invalid` for a namespace without a published schema; see `SchemaVersion.known`.
    public init(namespace: String, areChildrenQualified: Bool = true) throws(MM7Error) {
        self.namespace = namespace
        schema = try SchemaLibrary.schema(namespace: namespace, areChildrenQualified: areChildrenQualified)
    }

    /// Validates an envelope in UTF-8: the SOAP part of a message, or the whole of one without content.
    ///
    /// TransactionID is the only header entry and must be understood, Body has one child, and both are valid by the
    /// schema; for a Fault, this applies to the error in its detail.
    ///
    /// - Throws: `.invalid`, naming the element and the rule broken, never a value; else as `MessageReader` does for
    ///   XML beyond the limits.
    public func validate(_ envelope: [UInt8], limits: ReadingLimits = .init()) throws(MM7Error) {
        guard envelope.count <= limits.envelopeBytes else {
            throw MM7Error(.tooLarge, "the SOAP part has \(envelope.count) bytes, the limit is \(limits.envelopeBytes)")
        }
        try XMLPrescan.check(envelope, limits: limits)
        if let error = XMLTree.parse(envelope, limits: limits).error { throw error }
        try validate(EnvelopeOutline(XMLDocument(accepted: envelope)))
    }

    /// Validates text that has already been parsed, by the schema of its own namespace.
    static func validate(parsed utf8: [UInt8]) throws(MM7Error) {
        let outline = try EnvelopeOutline(XMLDocument(accepted: utf8))
        // A Fault without an MM7 error belongs to SOAP alone, so no MM7 schema applies.
        if outline.isEmpty { return }
        guard let namespace = outline.namespace else {
            throw MM7Error(.invalid, "the message is in no namespace", element: outline.message?.name ?? "Body")
        }
        let validator = try SchemaValidator(
            namespace: namespace, areChildrenQualified: outline.areChildrenQualified)
        try validator.validate(outline)
    }

    private func validate(_ outline: EnvelopeOutline) throws(MM7Error) {
        if let transactionID = outline.transactionID { try schema.validate(transactionID) }
        if let message = outline.message { try schema.validate(message) }
    }
}

/// How exact a message's form has to be. (TS 23.140, annex L)
public enum Strictness: Sendable, Hashable {
    /// Everything that can be understood is read, as real traffic needs.
    case lenient
    /// The SOAP part has to be valid by SOAP and by the schema of its own MM7 namespace. (SOAP 1.1, 4; TS 23.140, annex
    /// L)
    case schema
}
