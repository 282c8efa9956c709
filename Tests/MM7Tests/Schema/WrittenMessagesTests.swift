import Testing

@testable import MM7

@Suite struct WrittenMessagesTests {
    private func profile(_ schema: SchemaVersion, _ style: Profile.NamespaceStyle) -> Profile {
        var profile = Profile(name: "test", schema: schema)
        profile.namespaceStyle = style
        profile.expiryForm = .asGiven
        profile.recipientsPerRequest = 20
        profile.operations = .all
        return profile
    }

    private var strict: MessageReader {
        var reader = MessageReader()
        reader.strictness = .schema
        return reader
    }

    @Test(
        "everything written is valid in its namespace",
        arguments: SchemaVersion.known, Profile.NamespaceStyle.allCases)
    func everything(schema: SchemaVersion, style: Profile.NamespaceStyle) throws {
        let writer = MessageWriter(profile: profile(schema, style))
        let validator = try SchemaValidator(
            namespace: schema.namespace, areChildrenQualified: style != .prefixedRoot)

        for body in SchemaSamples(schema: schema).all {
            let bytes = try writer.write(Envelope(transactionID: "t", body: body)).bytes

            #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") { try validator.validate(bytes) }
            #expect(throws: Never.self) { try strict.read(bytes, contentType: "text/xml") }
        }
    }

    @Test("a fault that answers no TransactionID is valid without a header")
    func faultWithoutHeader() throws {
        let writer = MessageWriter(profile: .standard)
        for fault in [Fault(code: "Client.TransactionID"), Fault(ResponseStatus(.validationError), side: .vasp)] {
            let bytes = try writer.write(Envelope(transactionID: nil, body: .fault(fault))).bytes

            #expect(throws: Never.self) { try strict.read(bytes, contentType: "text/xml") }
        }
    }

    // mbuni's profile has an address element for the sender in the namespace whose schema has text.
    @Test("the SOAP part of a message with content is valid")
    func content() throws {
        for profile in Profile.known where profile.name != "mbuni" {
            let sender = SenderIdentification(vaspID: "acme", address: .shortCode("55512"))
            let request = SubmitReq(sender: sender, recipients: Recipients(to: [.msisdn("15550100")]))
            let content = try EncodedContent(
                [OutgoingPart(contentType: "text/plain", bytes: Array("Hi".utf8)[...])], profile: profile)

            let message = try MessageWriter(profile: profile).write(request, transactionID: "t", content: content)

            #expect(throws: Never.self) { try strict.read(message.bytes, contentType: message.contentType) }
        }
    }

    @Test("every namespace has a schema in both forms")
    func library() throws {
        for schema in SchemaVersion.known {
            for isQualified in [true, false] {
                let text = try #require(
                    SchemaLibrary.text(namespace: schema.namespace, areChildrenQualified: isQualified))
                let form = isQualified ? "qualified" : "unqualified"

                #expect(throws: Never.self) {
                    try SchemaLibrary.schema(namespace: schema.namespace, areChildrenQualified: isQualified)
                }
                let written = String(decoding: text, as: UTF8.self)
                #expect(written.contains("elementFormDefault=\"\(form)\""))
                #expect(written.contains("targetNamespace=\"\(schema.namespace)\""))
                #expect(written.contains("xmlns:mm7=\"\(schema.namespace)\""))
            }
        }
    }
}
