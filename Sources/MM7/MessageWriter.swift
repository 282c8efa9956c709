/// Writes messages the way one peer wants them. (TS 23.140, 8.7)
public struct MessageWriter: Sendable {
    public let profile: Profile

    public init(profile: Profile) { self.profile = profile }

    /// Writes a submission.
    ///
    /// - Throws: As for any envelope.
    public func write(
        _ request: SubmitReq, transactionID: String, content: EncodedContent?
    ) throws(MM7Error) -> EncodedMessage {
        try write(Envelope(transactionID: transactionID, body: .submitReq(request)), content: content)
    }

    /// Writes a message from a handset, as a relay would.
    ///
    /// - Throws: As for any envelope.
    public func write(
        _ request: DeliverReq, transactionID: String, content: EncodedContent?
    ) throws(MM7Error) -> EncodedMessage {
        try write(Envelope(transactionID: transactionID, body: .deliverReq(request)), content: content)
    }

    /// Writes an envelope; only the envelope's own bytes are made, the content is shared.
    ///
    /// It is written in its own namespace and version where it has them, so that a peer is answered in those that it
    /// used. Elements that the profile does not know are left out. With content, the Content element's href is set
    /// here.
    ///
    /// - Throws: `.unencodable`, naming the element that cannot be written, the limit on recipients, or an operation
    ///   that the profile does not take or that carries no content; `.missingElement` where no recipient gets a copy.
    public func write(_ envelope: Envelope, content: EncodedContent? = nil) throws(MM7Error) -> EncodedMessage {
        var writer = EnvelopeWriter(profile, namespace: envelope.namespace, version: envelope.version)
        guard let content else {
            try writer.write(envelope)
            let bytes = writer.xml.bytes[...]
            return EncodedMessage(contentType: "text/xml; charset=utf-8", segments: [bytes], byteCount: bytes.count)
        }

        var envelope = envelope
        let href = "cid:" + EncodedContent.contentID
        let allowAdaptations = envelope.body.content?.allowAdaptations
        envelope.body.content = ContentReference(href: href, allowAdaptations: allowAdaptations)
        guard envelope.body.content != nil else {
            throw MM7Error(.unencodable, "\(envelope.operationName) carries no content", element: "Content")
        }
        writer.xml.breaksLines = true
        try writer.write(envelope)
        let soap = writer.xml.bytes
        var head: [UInt8] = []
        head.reserveCapacity(soap.count + 256)
        head += "--\(content.outerBoundary)\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <mm7-soap>\r\n".utf8
        let encoding = PartEncoding.isEightBit(soap[...]) ? "8bit" : "binary"
        head += "Content-Transfer-Encoding: \(encoding)\r\n\r\n".utf8
        head += soap
        head += "\r\n--\(content.outerBoundary)\r\n".utf8
        let boundary = content.outerBoundary
        return EncodedMessage(
            contentType: "multipart/related; type=\"text/xml\"; start=\"<mm7-soap>\"; boundary=\"\(boundary)\"",
            segments: [head[...]] + content.segments,
            byteCount: head.count + content.byteCount
        )
    }
}
