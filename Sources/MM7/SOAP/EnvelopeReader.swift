/// Reads an envelope of any dialect out of an XML tree: by local names, in any order, first occurrence first.
struct EnvelopeReader {
    var notes = ReadingNotes()

    /// - Throws: `.notAnEnvelope` for XML of another kind, `.missingElement` for an operation that lacks what gives it
    ///   a meaning. The error has the head of the message.
    mutating func read(_ tree: XMLTree) throws(MM7Error) -> Envelope {
        guard let root = tree.root else { throw MM7Error(.empty, "there is no XML to read") }
        let found = tree.operation
        let head = tree.head(of: found)
        do throws(MM7Error) {
            guard let operation = found else {
                guard root.isNamed("Envelope") else {
                    throw MM7Error(.notAnEnvelope, "the XML is neither a SOAP envelope nor an MM7 operation")
                }
                let body = root.child("Body") == nil ? "the SOAP envelope has no Body" : "the SOAP Body is empty"
                throw MM7Error(.missingElement, body, element: "Body")
            }
            if !root.isNamed("Envelope") { notes.add("no SOAP envelope") }
            // The answer to one request would tell the MMSC that the other was taken too.
            guard !Self.asksFurther(than: operation, in: root) else {
                throw MM7Error(
                    .severalOperations, "the SOAP Body has several operations, and a message has one", element: "Body")
            }
            let body = try body(operation)
            return Envelope(
                transactionID: head.transactionID, namespace: head.namespace, version: head.version, body: body)
        } catch {
            throw error.about(head)
        }
    }

    private static func asksFurther(than operation: XMLTree.Element, in root: XMLTree.Element) -> Bool {
        guard operation.name.hasSuffix("Req"), let body = root.child("Body") else { return false }
        return body.children.filter { $0.name.hasSuffix("Req") && Operation(named: $0.name) != nil }.count > 1
    }

    private mutating func body(_ element: XMLTree.Element) throws(MM7Error) -> Envelope.Body {
        switch Operation(named: element.name) {
        case .submitReq: .submitReq(submitReq(element))
        case .submitRsp: .submitRsp(try submitRsp(element))
        case .deliverReq: .deliverReq(deliverReq(element))
        case .deliverRsp: .deliverRsp(try deliverRsp(element))
        case .deliveryReportReq: .deliveryReportReq(try deliveryReportReq(element))
        case .deliveryReportRsp: .deliveryReportRsp(DeliveryReportRsp(status: try status(element)))
        case .readReplyReq: .readReplyReq(try readReplyReq(element))
        case .readReplyRsp: .readReplyRsp(ReadReplyRsp(status: try status(element)))
        case .cancelReq: .cancelReq(try cancelReq(element))
        case .cancelRsp: .cancelRsp(CancelRsp(status: try status(element)))
        case .replaceReq: .replaceReq(try replaceReq(element))
        case .replaceRsp: .replaceRsp(ReplaceRsp(status: try status(element)))
        case .extendedCancelReq: .extendedCancelReq(try extendedCancelReq(element))
        case .extendedCancelRsp: .extendedCancelRsp(ExtendedCancelRsp(status: try status(element)))
        case .extendedReplaceReq: .extendedReplaceReq(extendedReplaceReq(element))
        case .extendedReplaceRsp: .extendedReplaceRsp(try extendedReplaceRsp(element))
        case .rsErrorRsp: .rsErrorRsp(ErrorRsp(status: try status(element)))
        case .vaspErrorRsp: .vaspErrorRsp(ErrorRsp(status: try status(element)))
        case .fault: .fault(fault(element))
        case nil: .unknown(name: element.name.cut(to: 64))
        }
    }
}
