/// Finds what identifies a message without understanding all of it, so it works for an incomplete message too.
extension XMLTree {
    /// The operation in the SOAP Body: the first that is known, else the first; or the root itself, since some proxies
    /// answer with the operation alone. Nil where there is none.
    var operation: Element? {
        guard let root else { return nil }
        guard root.isNamed("Envelope") else { return Operation(named: root.name) == nil ? nil : root }
        guard let body = root.child("Body") else { return nil }
        return body.children.first { Operation(named: $0.name) != nil } ?? body.children.first { _ in true }
    }

    /// The TransactionID, wherever it stands, and what the operation says about its dialect.
    var head: MessageHead { head(of: operation) }

    func head(of operation: Element?) -> MessageHead {
        let transaction = first("TransactionID")
        let id = transaction?.text
        var head = MessageHead(transactionID: id?.isEmpty == true ? nil : id)
        guard let operation else { return head }
        head.operation = Operation(named: operation.name)?.rawValue ?? operation.name.cut(to: 64)
        let speaker = operation.isNamed("Fault") ? operation.errorInFault : operation
        let candidates = [speaker?.namespace, speaker?.child("MM7Version")?.namespace, transaction?.namespace]
        head.namespace = candidates.lazy.compactMap { $0 }.first { !Self.isSOAP($0) }
        head.version = speaker?.text("MM7Version")
        return head
    }

    /// Whether the namespace is that of SOAP 1.1, published or early, or of SOAP 1.2.
    private static func isSOAP(_ namespace: String) -> Bool {
        namespace.hasPrefix("http://schemas.xmlsoap.org/") || namespace.hasPrefix("http://www.w3.org/2003/05/soap")
    }
}

extension XMLTree.Element {
    /// The MM7 error in a Fault: an error response at any depth, since some peers wrap it or forget the detail around
    /// it; else a detail that holds the status itself.
    var errorInFault: XMLTree.Element? {
        descendant { $0.isNamed("VASPErrorRsp") || $0.isNamed("RSErrorRsp") }
            ?? holderOfStatus
    }

    /// This element or the outermost one inside it that has a status in the form of a response.
    var holderOfStatus: XMLTree.Element? {
        if child("Status")?.child("StatusCode") != nil || child("StatusCode") != nil { return self }
        return descendant { $0.child("Status")?.child("StatusCode") != nil || $0.child("StatusCode") != nil }
    }

    var faultDetail: XMLTree.Element? { child("detail") ?? child("Detail") }
}
