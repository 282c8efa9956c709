import MM7

/// A SOAP envelope with exactly what the specification puts into it. (TS 23.140, 8.7.8.1; SOAP 1.1, 4)
struct StrictEnvelope {
    let transactionID: String
    /// The MM7 namespace.
    let namespace: String
    /// The only child of the Body.
    let operation: StrictElement

    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"

    init(_ bytes: ArraySlice<UInt8>) throws(Violation) {
        let root = try StrictXML.read(bytes)
        guard root.name == "Envelope", root.namespace == Self.soap else {
            throw Violation(.validationError, "the root is no SOAP 1.1 Envelope")
        }
        guard root.children.map(\.name) == ["Header", "Body"],
            root.children.allSatisfy({ $0.namespace == Self.soap })
        else { throw Violation(.validationError, "the Envelope has to hold a Header and a Body") }

        let (transaction, id) = try Self.transaction(root.children[0])
        transactionID = id
        guard let namespace = transaction.namespace, SchemaVersion.named(namespace) != nil else {
            throw Violation(.validationError, "the namespace of TransactionID is none of MM7")
        }
        self.namespace = namespace

        let body = root.children[1].children
        guard body.count == 1 else { throw Violation(.validationError, "the Body has to hold one element") }
        operation = body[0]
        guard operation.namespace == namespace else {
            throw Violation(.validationError, "\(operation.name) is not in the namespace of TransactionID")
        }
    }

    /// The only entry of the Header, which the receiver must understand.
    private static func transaction(_ header: StrictElement) throws(Violation) -> (StrictElement, String) {
        guard header.children.map(\.name) == ["TransactionID"] else {
            throw .transactionID("the Header has to hold TransactionID and nothing else")
        }
        let entry = header.children[0]
        guard entry.attributes.contains(where: { Self.isMustUnderstand($0) }) else {
            throw .transactionID("TransactionID lacks mustUnderstand=\"1\" of SOAP")
        }
        guard !entry.text.isEmpty else { throw .transactionID("TransactionID is empty") }
        return (entry, entry.text)
    }

    private static func isMustUnderstand(_ attribute: StrictElement.Attribute) -> Bool {
        attribute.name == "mustUnderstand" && attribute.namespace == soap && attribute.value == "1"
    }
}
