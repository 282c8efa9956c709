/// Writes messages the way one peer wants them.
public struct MessageWriter: Sendable {
    public let profile: Profile

    public init(profile: Profile) { self.profile = profile }

    /// Writes a submission; only the envelope is made, the content is shared.
    ///
    /// Elements that the profile does not know are left out. With content, the Content element's href is set here.
    ///
    /// - Throws: `.unencodable`, naming the element that cannot be written or the limit on recipients;
    ///   `.missingElement` without a recipient who gets a copy.
    public func write(
        _ request: SubmitReq, transactionID: String, content: EncodedContent?
    ) throws(MM7Error) -> EncodedMessage {
        var request = request
        if content != nil { request.content = reference(request.content) }
        return try write(Envelope(transactionID: transactionID, body: .submitReq(request)), wrapping: content)
    }

    /// Writes a message from a handset, as a relay would.
    public func write(
        _ request: DeliverReq, transactionID: String, content: EncodedContent?
    ) throws(MM7Error) -> EncodedMessage {
        var request = request
        if content != nil { request.content = reference(request.content) }
        return try write(Envelope(transactionID: transactionID, body: .deliverReq(request)), wrapping: content)
    }

    /// Writes an envelope without content, in its own namespace and version where it has them: a peer is answered in
    /// the words it used.
    ///
    /// - Throws: `.unencodable`, naming the element that cannot be written.
    public func write(_ envelope: Envelope) throws(MM7Error) -> EncodedMessage {
        try write(envelope, wrapping: nil)
    }

    private func reference(_ given: ContentReference?) -> ContentReference {
        ContentReference(href: "cid:" + EncodedContent.contentID, allowAdaptations: given?.allowAdaptations)
    }

    private func write(_ envelope: Envelope, wrapping content: EncodedContent?) throws(MM7Error) -> EncodedMessage {
        var writer = EnvelopeWriter(profile, namespace: envelope.namespace, version: envelope.version)
        guard let content else {
            try writer.write(envelope)
            let bytes = writer.xml.bytes[...]
            return EncodedMessage(contentType: "text/xml; charset=utf-8", segments: [bytes], byteCount: bytes.count)
        }

        writer.xml.literal("--")
        writer.xml.verbatim(content.outerBoundary)
        writer.xml.literal("\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <mm7-soap>\r\n")
        writer.xml.literal("Content-Transfer-Encoding: 8bit\r\n\r\n")
        try writer.write(envelope)
        writer.xml.literal("\r\n--")
        writer.xml.verbatim(content.outerBoundary)
        writer.xml.literal("\r\n")
        let head = writer.xml.bytes[...]
        let boundary = content.outerBoundary
        return EncodedMessage(
            contentType: "multipart/related; type=\"text/xml\"; start=\"<mm7-soap>\"; boundary=\"\(boundary)\"",
            segments: [head] + content.segments,
            byteCount: head.count + content.byteCount
        )
    }
}
