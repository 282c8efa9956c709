/// The parts of an envelope that are validated by a schema, found only where SOAP and MM7 want them. (SOAP 1.1, 4; TS
/// 23.140, 8.7.8.1)
struct EnvelopeOutline {
    /// The header's one entry. Only a Fault may lack it: a request without a TransactionID cannot be answered with one.
    private(set) var transactionID: XMLDocument.Element?
    /// The operation, or the error inside a Fault. Absent in a Fault without detail.
    private(set) var message: XMLDocument.Element?

    private static let soap = "http://schemas.xmlsoap.org/soap/envelope/"

    /// - Throws: `.invalid`, naming the element that is missing or out of place.
    init(_ document: XMLDocument) throws(MM7Error) {
        guard let root = document.root, root.name == "Envelope", root.namespace == Self.soap else {
            throw MM7Error(.invalid, "the root element is not an Envelope of SOAP 1.1", element: "Envelope")
        }
        var children = root.children[...]
        let header = Self.take("Header", in: Self.soap, from: &children)
        guard let body = Self.take("Body", in: Self.soap, from: &children) else {
            throw children.first.map(Self.unexpected) ?? Self.missing("Body", in: "Envelope")
        }
        if let other = children.first { throw Self.unexpected(other) }

        var operations = body.children[...]
        guard let operation = operations.popFirst() else { throw Self.missing("an operation", in: "Body") }
        if let other = operations.first { throw Self.unexpected(other) }
        let isFault = operation.name == "Fault" && operation.namespace == Self.soap
        // The schema declares TransactionID beside the operations.
        if operation.name == "TransactionID" { throw Self.unexpected(operation) }

        message = isFault ? try Self.error(in: operation) : operation
        if let header {
            transactionID = try Self.transactionID(in: header)
        } else if !isFault {
            throw Self.missing("TransactionID", in: "Envelope")
        }
    }

    var isEmpty: Bool { message == nil && transactionID == nil }

    /// The MM7 namespace of the message.
    var namespace: String? { (message ?? transactionID)?.namespace }

    /// Whether the message's children are in its namespace, as the schema wants, or in none, as some peers have it.
    var areChildrenQualified: Bool { message?.children.first.map { $0.namespace != nil } ?? true }

    private static func transactionID(in header: XMLDocument.Element) throws(MM7Error) -> XMLDocument.Element {
        let entries = header.children
        if let other = entries.first(where: { $0.name != "TransactionID" }) { throw unexpected(other) }
        guard let transactionID = entries.first else { throw missing("TransactionID", in: "Header") }
        if entries.count > 1 { throw unexpected(entries[1]) }
        guard transactionID.attribute("mustUnderstand", namespace: soap) == "1" else {
            throw MM7Error(.invalid, "TransactionID lacks mustUnderstand=\"1\"", element: "TransactionID")
        }
        guard !transactionID.text.isEmpty else {
            throw MM7Error(.invalid, "TransactionID is empty", element: "TransactionID")
        }
        return transactionID
    }

    /// The error in a Fault's detail, if it has a detail. The children of Fault are in no namespace. (SOAP 1.1, 4.4)
    private static func error(in fault: XMLDocument.Element) throws(MM7Error) -> XMLDocument.Element? {
        var children = fault.children[...]
        for name in ["faultcode", "faultstring"] where take(name, in: nil, from: &children) == nil {
            throw children.first.map(unexpected) ?? missing(name, in: "Fault")
        }
        _ = take("faultactor", in: nil, from: &children)
        let detail = take("detail", in: nil, from: &children)
        if let other = children.first { throw unexpected(other) }
        guard let detail else { return nil }

        var entries = detail.children[...]
        guard let error = entries.popFirst() else { throw missing("an error", in: "detail") }
        if let other = entries.first { throw unexpected(other) }
        guard error.name == "RSErrorRsp" || error.name == "VASPErrorRsp" else { throw unexpected(error) }
        return error
    }

    /// The next element, if it is the one of that name.
    private static func take(
        _ name: String, in namespace: String?, from children: inout ArraySlice<XMLDocument.Element>
    ) -> XMLDocument.Element? {
        guard let next = children.first, next.name == name, next.namespace == namespace else { return nil }
        return children.removeFirst()
    }

    private static func unexpected(_ element: XMLDocument.Element) -> MM7Error {
        let name = element.name.cut(to: 48)
        return MM7Error(.invalid, "\(name) is not expected here (line \(element.line))", element: name)
    }

    private static func missing(_ name: String, in parent: String) -> MM7Error {
        MM7Error(
            .invalid, "\(parent) lacks \(name)", element: parent == "Envelope" || parent == "Header" ? name : parent)
    }
}
