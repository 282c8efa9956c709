import CLibXML2

/// An XML schema, compiled. (XML Schema part 1, 5.2)
///
/// `@unchecked Sendable`: nothing writes to the schema after `init`. While it validates, libxml2 keeps its state in a
/// context, of which every validation has its own; it adds to a schema only where a context was made without one, to
/// follow `xsi:schemaLocation`, which never happens here. Making a schema also fills libxml2's table of built-in types,
/// without a lock: only `SchemaLibrary` makes schemas, one after the other.
final class XMLSchema: @unchecked Sendable {
    private let schema: xmlSchemaPtr

    /// Nil for text that is no schema. The text is ours: it includes nothing and is trusted.
    init?(_ text: [UInt8]) {
        LibXML2.isReady
        let schema = text.withUnsafeBytes { bytes -> xmlSchemaPtr? in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let parser = xmlSchemaNewMemParserCtxt(start, Int32(clamping: bytes.count)) else { return nil }
            defer { xmlSchemaFreeParserCtxt(parser) }
            // Without this function libxml2 would print errors.
            xmlSchemaSetParserStructuredErrors(parser, { _, _ in }, nil)
            return xmlSchemaParse(parser)
        }
        guard let schema else { return nil }
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    /// Validates one element with all it holds.
    ///
    /// - Throws: `.invalid`, naming the element and the rule it breaks first.
    func validate(_ element: XMLDocument.Element) throws(MM7Error) {
        let found = FirstViolation()
        let isValid = element.withNode { node -> Bool in
            guard let context = xmlSchemaNewValidCtxt(schema) else { return false }
            defer { xmlSchemaFreeValidCtxt(context) }
            // `found` is alive until the end of this function, and the context does not outlive it.
            return withExtendedLifetime(found) {
                let userData = Unmanaged.passUnretained(found).toOpaque()
                xmlSchemaSetValidStructuredErrors(
                    context,
                    { userData, error in
                        guard let userData, let error else { return }
                        let found = Unmanaged<FirstViolation>.fromOpaque(userData).takeUnretainedValue()
                        if found.violation == nil { found.violation = SchemaViolation(error.pointee) }
                    }, userData)
                return xmlSchemaValidateOneElement(context, node) == 0
            }
        }
        if isValid { return }
        throw found.violation?.error(in: element.name)
            ?? MM7Error(
                .invalid, "\(element.name.cut(to: 48)) could not be validated", element: element.name.cut(to: 48))
    }

    private final class FirstViolation {
        var violation: SchemaViolation?
    }
}
