/// Reads the answer to a request, however it is wrapped. (TS 23.140, 8.7.8)
///
/// A request that is not understood comes again. An answer does not: a client that cannot read it sends a message again
/// that was taken. So everything that clearly states a status and a MessageID is read, whatever stands around it.
extension MessageReader {
    /// Reads the body of a response to `request`, or the beginning of it that came.
    ///
    /// An answer may have more faults than other messages: a web server may have added text before and after the XML,
    /// tags at its end may be missing or not match, and it may stand escaped in other XML. Text that may be cut off is
    /// not used.
    ///
    /// - Throws: What reading it as a message throws, where it has no status.
    public func readAnswer(
        _ bytes: [UInt8], contentType: String?, to request: Operation
    ) throws(MM7Error) -> ReceivedMessage {
        let plain: Result<ReceivedMessage, MM7Error>
        do throws(MM7Error) { plain = .success(try read(bytes, contentType: contentType)) } catch {
            plain = .failure(error)
        }
        if case .success(let message) = plain, message.envelope.status != nil { return message }
        if let answer = salvaged(bytes, contentType, to: request) { return answer }
        return try plain.get()
    }

    /// The answer that stands somewhere in the octets, if one does.
    private func salvaged(_ bytes: [UInt8], _ contentType: String?, to request: Operation) -> ReceivedMessage? {
        let header = contentType.flatMap { ContentType($0) }
        let charset = header?.isMultipart == true ? nil : header?.parameters["charset"]
        let text = Self.textFromDeclaration(bytes[...], charset: charset)
        return answer(in: text, to: request) ?? answer(in: Self.unescaped(text), to: request)
    }

    private func answer(in text: [UInt8], to request: Operation) -> ReceivedMessage? {
        for passage in XMLPassage.all(in: text[...], of: XMLPassage.answers) {
            let xml = XMLRepair.repaired(Array(passage.text.prefix(limits.envelopeBytes)))
            let tree = XMLTree.parse(checked: xml, limits: limits, isRecovering: true).tree
            var reader = EnvelopeReader()
            guard let envelope = reader.answer(tree, to: request) else { continue }
            reader.notes.repaired("the answer is no whole message by itself")
            var message = ReceivedMessage(envelope: envelope, notes: reader.notes.lines)
            message.repair = reader.notes.repair
            return message
        }
        return nil
    }

    /// The text with escaped markup restored: some services pass XML on as a text.
    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        guard text.firstRange(of: Array("&lt;".utf8)) != nil else { return [] }
        var output: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&"),
                let (name, character) = entities.first(where: { rest.starts(with: $0.name) })
            else {
                output.append(byte)
                continue
            }
            output.append(character)
            rest = rest.dropFirst(name.count)
        }
        return output
    }

    private static let entities: [(name: [UInt8], character: UInt8)] = [
        ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("apos;", "'"), ("#39;", "'"), ("amp;", "&"),
    ].map { (Array($0.utf8), UInt8(ascii: $1)) }
}

extension EnvelopeReader {
    /// The answer in a tree that may be incomplete; nil where it has no status.
    fileprivate mutating func answer(_ tree: XMLTree, to request: Operation) -> Envelope? {
        if let envelope = try? read(tree), envelope.status != nil { return envelope }
        // The operation is unknown, or the status stands outside any operation.
        guard let holder = tree.root?.holderOfStatus, let status = try? status(holder),
            var envelope = tree.head.answering(request, status)
        else { return nil }
        if case .submitRsp(var response) = envelope.body {
            response.messageID = tree.first("MessageID")?.text
            envelope.body = .submitRsp(response)
        }
        return envelope
    }
}

extension MessageHead {
    fileprivate func answering(_ request: Operation, _ status: ResponseStatus) -> Envelope? {
        var head = self
        head.operation = request.rawValue
        return head.response(status)
    }
}
