/// Reads whole MM7 messages of any dialect: bare XML, or XML and content in a multipart body.
/// (TS 23.140, 8.7; RFC 2387)
///
/// No input makes it crash or run long: everything that a sender chooses is bounded by `ReadingLimits`.
public struct MessageReader: Sendable {
    public var limits: ReadingLimits
    /// How exact the SOAP part has to be.
    public var strictness = Strictness.lenient

    public init(limits: ReadingLimits = .init()) { self.limits = limits }

    public func read(_ bytes: [UInt8], contentType: String?) throws(MM7Error) -> ReceivedMessage {
        try read(bytes[...], contentType: contentType)
    }

    /// Reads the body of an HTTP message. Binary parts of the result are slices of `bytes`.
    ///
    /// The Content-Type is a hint: a body that begins with `<` is XML, unless it contains a delimiter line with the
    /// header's boundary; a body that begins with a delimiter line is multipart.
    ///
    /// - Throws: When no envelope can be understood; the error has as much of the message's head as could be found.
    public func read(_ bytes: ArraySlice<UInt8>, contentType: String?) throws(MM7Error) -> ReceivedMessage {
        guard bytes.count <= limits.messageBytes else {
            throw MM7Error(.tooLarge, "the message has \(bytes.count) bytes, the limit is \(limits.messageBytes)")
        }
        let header = contentType.flatMap { ContentType($0) }
        let start = bytes.drop(while: \.isXMLSpace)
        guard !start.isEmpty else { throw MM7Error(.empty, "the body is empty") }

        let named = header?.isMultipart == true ? header?.parameters["boundary"] : nil
        // A web server may have written a page of its own before the parts.
        if !Charset.beginsLikeXML(start) || named.map({ MultipartReader.isDivided(bytes, by: $0) }) ?? false {
            if let boundary = named ?? MultipartReader.sniffedBoundary(start) {
                return try multipart(bytes, header, boundary: boundary)
            }
            if header?.isMultipart == true {
                throw MM7Error(.malformedMultipart, "multipart without a boundary", element: "Content-Type")
            }
        }
        // The charset of a multipart header says nothing about the XML.
        let charset = header?.isMultipart == true ? nil : header?.parameters["charset"]
        var soap = EnvelopeReader()
        let envelope = try envelope(start, charset: charset, &soap)
        var message = ReceivedMessage(envelope: envelope, notes: soap.notes.lines)
        message.repair = soap.notes.repair
        return message
    }

    private func multipart(
        _ bytes: ArraySlice<UInt8>, _ header: ContentType?, boundary: String
    ) throws(MM7Error) -> ReceivedMessage {
        var splitter = MultipartReader(limits: limits)
        var parts: [RawPart]
        do throws(MM7Error) {
            parts = try split(bytes, boundary: boundary, &splitter)
        } catch {
            throw error.about(head(ofUnsplit: bytes))
        }
        guard let root = Self.rootIndex(parts, start: header?.parameters["start"]) else {
            throw MM7Error(.empty, "the multipart body has no parts")
        }
        let soapPart = parts.remove(at: root)

        var soap = EnvelopeReader()
        // Encoded it may be larger than decoded, but never more than three times.
        guard soapPart.bytes.count / 3 <= limits.envelopeBytes else {
            let size = "the SOAP part has \(soapPart.bytes.count) bytes"
            throw MM7Error(.tooLarge, "\(size), the limit is \(limits.envelopeBytes)")
        }
        let xml = Self.decoded(soapPart, notes: &soap.notes)
        let charset = soapPart.headers.contentType?.parameters["charset"]
        let envelope = try envelope(xml.drop(while: \.isXMLSpace), charset: charset, &soap)

        do throws(MM7Error) {
            let chosen = Self.content(parts, href: envelope.body.content?.href, notes: &soap.notes)
            var leaves: [Part] = []
            for part in chosen { try collectLeaves(of: part, depth: 1, &splitter, into: &leaves) }
            var message = ReceivedMessage(
                envelope: envelope, content: leaves, notes: soap.notes.lines + splitter.notes.lines)
            message.repair = soap.notes.repair
            return message
        } catch {
            throw error.about(envelope.head)
        }
    }

    /// The parts between the delimiters of the header's boundary; where the body lacks that, between those of the
    /// boundary with which the body begins.
    private func split(
        _ bytes: ArraySlice<UInt8>, boundary: String, _ splitter: inout MultipartReader
    ) throws(MM7Error) -> [RawPart] {
        let partsBefore = splitter.partCount
        do throws(MM7Error) {
            return try splitter.split(bytes, boundary: boundary)
        } catch {
            guard error.code == .malformedMultipart, splitter.partCount == partsBefore,
                let other = MultipartReader.sniffedBoundary(bytes), other != boundary
            else { throw error }
            splitter.notes.add("the boundary is not that of the header")
            return try splitter.split(bytes, boundary: other)
        }
    }

    /// What is known about a message whose parts cannot be separated: the head of the XML that begins in one of its
    /// lines.
    private func head(ofUnsplit bytes: ArraySlice<UInt8>) -> MessageHead {
        let newline = UInt8(ascii: "\n")
        let start = bytes.indices.first { index in
            bytes[index] == UInt8(ascii: "<") && (index == bytes.startIndex || bytes[index - 1] == newline)
        }
        guard let start else { return MessageHead() }
        let rest = bytes[start...].prefix(limits.envelopeBytes)
        let xml = rest[..<(rest.firstRange(of: Array("\n--".utf8))?.lowerBound ?? rest.endIndex)]
        let text = Charset.decodeXML(xml, header: nil).utf8
        guard (try? XMLPrescan.check(text, limits: limits)) != nil else { return MessageHead() }
        return XMLTree.parse(text, limits: limits).tree.head
    }

    private func collectLeaves(
        of part: RawPart, depth: Int, isRoot: Bool = false, _ splitter: inout MultipartReader, into leaves: inout [Part]
    ) throws(MM7Error) {
        let headers = part.headers
        let bytes = PartEncoding.decode(part.bytes, headers.transferEncoding)
        guard let type = headers.contentType, Self.isContainer(type),
            let boundary = type.parameters["boundary"] ?? MultipartReader.sniffedBoundary(bytes)
        else {
            var leaf = Part(
                contentType: headers.contentType ?? ContentType(type: "application", subtype: "octet-stream"),
                contentID: headers.contentID, contentLocation: headers.contentLocation, name: headers.name, bytes: bytes
            )
            leaf.isRootOfPresentation = isRoot
            leaves.append(leaf)
            return
        }
        guard depth < limits.partDepth else {
            throw MM7Error(.tooDeep, "more than \(limits.partDepth) multipart containers inside each other")
        }
        let inside = try split(bytes, boundary: boundary, &splitter)
        let root = Self.presentationIndex(inside, in: type)
        for (index, inner) in inside.enumerated() {
            try collectLeaves(of: inner, depth: depth + 1, isRoot: index == root, &splitter, into: &leaves)
        }
    }
}
