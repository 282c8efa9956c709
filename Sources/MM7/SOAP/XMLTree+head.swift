/// What a tree tells of its message without understanding it, so also of half a message.
extension XMLTree {
    /// The operation in the SOAP Body: the first that is known, else the first; or the root itself, for some proxies
    /// answer with the operation alone. Nil where there is none.
    var operation: Element? {
        guard let root else { return nil }
        guard root.isNamed("Envelope") else { return Operation(rawValue: root.name) == nil ? nil : root }
        guard let body = root.child("Body") else { return nil }
        return body.children.first { Operation(rawValue: $0.name) != nil } ?? body.children.first { _ in true }
    }

    /// The TransactionID wherever it stands, and what the operation says of its dialect.
    var head: MessageHead {
        let transaction = first("TransactionID")
        let id = transaction?.text
        var head = MessageHead(transactionID: id?.isEmpty == true ? nil : id)
        guard let operation else { return head }
        // In a fault the MM7 words are in the detail.
        let speaker =
            operation.isNamed("Fault")
            ? operation.faultDetail?.children.first { _ in true } ?? operation : operation
        let candidates = [speaker.namespace, speaker.child("MM7Version")?.namespace, transaction?.namespace]
        head.operation = String(operation.name.prefix(64))
        head.namespace = candidates.lazy.compactMap { $0 }.first { !$0.contains("schemas.xmlsoap.org") }
        head.version = speaker.text("MM7Version")
        return head
    }
}

extension XMLTree.Element {
    var faultDetail: XMLTree.Element? { child("detail") ?? child("Detail") }
}
