/// Reads what answers a request, however it is wrapped. (TS 23.140, 8.7.8)
///
/// A request that is not understood comes again. An answer does not: who cannot read it sends a message twice that was
/// taken. So whatever of it says a status and a MessageID plainly is read, and what stands around that is not asked for.
extension MessageReader {
    /// Reads the body of a response to `request`, or the beginning of it that came.
    ///
    /// Besides what any message may be, there may be words of a web server before and behind the XML, tags at its end may
    /// be missing or not fit, and it may stand escaped in other XML. Text that may be cut off is not believed.
    ///
    /// - Throws: What reading it as a message throws, where it says no status.
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
        // The declaration says the charset, and there may be words before it.
        let start = bytes.firstRange(of: Array("<?xml".utf8))?.lowerBound ?? 0
        let text = Charset.decodeXML(bytes[start...], header: charset).utf8
        guard let answer = AnswerOutline(text) ?? AnswerOutline(Self.unescaped(text)) else { return nil }

        let xml = XMLRepair.repaired(Array(answer.text.prefix(limits.envelopeBytes)))
        let tree = XMLTree.parse(checked: xml, limits: limits, isRecovering: true).tree
        var reader = EnvelopeReader()
        guard let envelope = reader.answer(tree, to: request) else { return nil }
        reader.notes.repaired("the answer is no whole message by itself")
        var message = ReceivedMessage(envelope: envelope, notes: reader.notes.lines)
        message.isRepaired = true
        return message
    }

    /// With the characters of markup as themselves: some services hand XML on as a text.
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

/// The place of an answer in a text.
private struct AnswerOutline {
    /// From its first tag to its last one, or to the end of the text where that is missing.
    let text: ArraySlice<UInt8>

    init?(_ utf8: [UInt8]) {
        var found: (start: Int, name: ArraySlice<UInt8>)?
        var rest = utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(start + 1)...]
            let name = rest.prefix { $0.isASCIIAlphanumeric || [0x5F, 0x2D, 0x2E, 0x3A].contains($0) }
            let local = Self.local(name)
            if local == "envelope" {
                found = (start, name)
                break
            }
            if found == nil, Self.answers.contains(local) { found = (start, name) }
        }
        guard let found else { return nil }
        let end = utf8[found.start...].firstRange(of: Array("</".utf8) + found.name)?.upperBound
        text =
            utf8[
                found
                    .start..<(end.flatMap { utf8[$0...].firstIndex(of: UInt8(ascii: ">")) }.map { $0 + 1 } ?? utf8.count)
            ]
    }

    /// In lower case.
    private static let answers = Set(
        Operation.allCases.map { $0.rawValue.lowercased() }.filter { $0.hasSuffix("rsp") || $0 == "fault" })

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return String(decoding: local.prefix(32), as: UTF8.self).lowercased()
    }
}

extension EnvelopeReader {
    /// What a tree says that may not be whole; nil where it says no status.
    fileprivate mutating func answer(_ tree: XMLTree, to request: Operation) -> Envelope? {
        if let envelope = try? read(tree), envelope.status != nil { return envelope }
        // An operation that is none of ours, or a status outside of any.
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
