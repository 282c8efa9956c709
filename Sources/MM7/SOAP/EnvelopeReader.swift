/// Reads an envelope of any dialect out of an XML tree: by local names, in any order, first occurrence first.
struct EnvelopeReader {
    var notes = ReadingNotes()

    /// - Throws: `.notAnEnvelope` for XML of another kind, `.missingElement` for an operation that says nothing.
    mutating func read(_ tree: XMLTree) throws(MM7Error) -> Envelope {
        guard let root = tree.root else { throw MM7Error(.empty, "there is no XML to read") }
        let transaction = tree.transactionID
        do throws(MM7Error) {
            guard root.isNamed("Envelope") else {
                // Some proxies answer with the operation alone.
                guard let body = try body(root), isKnown(body) else {
                    throw MM7Error(.notAnEnvelope, "the XML is neither a SOAP envelope nor an MM7 operation")
                }
                notes.add("no SOAP envelope")
                return envelope(root, transaction, body)
            }
            guard let soapBody = root.child("Body") else {
                throw MM7Error(.missingElement, "the SOAP envelope has no Body", place: "Body")
            }
            var unknown: XMLTree.Element?
            for operation in soapBody.children {
                if let body = try body(operation) { return envelope(operation, transaction, body) }
                unknown = unknown ?? operation
            }
            guard let unknown else {
                throw MM7Error(.missingElement, "the SOAP Body is empty", place: "Body")
            }
            return envelope(unknown, transaction, .unknown(name: String(unknown.name.prefix(64))))
        } catch {
            var error = error
            error.transactionID = error.transactionID ?? transaction?.text
            throw error
        }
    }

    private func isKnown(_ body: Envelope.Body) -> Bool {
        if case .unknown = body { return false }
        return true
    }

    private func envelope(
        _ operation: XMLTree.Element, _ transaction: XMLTree.Element?, _ body: Envelope.Body
    ) -> Envelope {
        // In a fault the MM7 words are in the detail.
        let speaker =
            operation.isNamed("Fault")
            ? operation.faultDetail?.children.first { _ in true } ?? operation
            : operation
        let candidates = [speaker.namespace, speaker.child("MM7Version")?.namespace, transaction?.namespace]
        let namespace = candidates.lazy.compactMap { $0 }.first { !$0.contains("schemas.xmlsoap.org") }
        let id = transaction?.text
        return Envelope(
            transactionID: id?.isEmpty == true ? nil : id,
            namespace: namespace,
            version: speaker.text("MM7Version"),
            body: body
        )
    }

    /// The operation an element stands for; nil for one that is not known.
    private mutating func body(_ element: XMLTree.Element) throws(MM7Error) -> Envelope.Body? {
        switch element.name {
        case "SubmitReq": .submitReq(submitReq(element))
        case "SubmitRsp": .submitRsp(try submitRsp(element))
        case "DeliverReq": .deliverReq(deliverReq(element))
        case "DeliverRsp": .deliverRsp(try deliverRsp(element))
        case "DeliveryReportReq": .deliveryReportReq(try deliveryReportReq(element))
        case "DeliveryReportRsp": .deliveryReportRsp(DeliveryReportRsp(status: try status(element)))
        case "ReadReplyReq": .readReplyReq(try readReplyReq(element))
        case "ReadReplyRsp": .readReplyRsp(ReadReplyRsp(status: try status(element)))
        case "RSErrorRsp": .rsErrorRsp(ErrorRsp(status: try status(element)))
        case "VASPErrorRsp": .vaspErrorRsp(ErrorRsp(status: try status(element)))
        case "Fault": .fault(try fault(element))
        default: nil
        }
    }
}

extension XMLTree {
    /// The TransactionID wherever it stands, so that it is found in half a document too.
    var transactionID: Element? { first("TransactionID") }
}

extension XMLTree.Element {
    var faultDetail: XMLTree.Element? { child("detail") ?? child("Detail") }
}
