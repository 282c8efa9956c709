/// Reads whole MM7 messages of any dialect: bare XML, or XML and content in a multipart body.
///
/// No input makes it trap or run long: everything a sender chooses is bounded by `ReadingLimits`.
public struct MessageReader: Sendable {
    public var limits: ReadingLimits
    /// What is asked of the SOAP part before it is read.
    public var strictness = Strictness.lenient

    public init(limits: ReadingLimits = .init()) { self.limits = limits }

    public func read(_ bytes: [UInt8], contentType: String?) throws(MM7Error) -> ReceivedMessage {
        try read(bytes[...], contentType: contentType)
    }

    /// Reads the body of an HTTP message. Binary parts of the result are slices of `bytes`.
    ///
    /// The Content-Type is a hint: a body that begins with `<` is XML whatever the header says, and one that begins with
    /// a delimiter line is multipart.
    ///
    /// - Throws: When there is no envelope to be understood; the error has the message's head as far as it could be found.
    public func read(_ bytes: ArraySlice<UInt8>, contentType: String?) throws(MM7Error) -> ReceivedMessage {
        guard bytes.count <= limits.messageBytes else {
            throw MM7Error(.tooLarge, "the message has \(bytes.count) bytes, the limit is \(limits.messageBytes)")
        }
        let header = contentType.flatMap { ContentType($0) }
        let start = bytes.drop(while: \.isXMLSpace)
        guard !start.isEmpty else { throw MM7Error(.empty, "the body is empty") }

        let named = header?.isMultipart == true ? header?.parameters["boundary"] : nil
        if start.first != UInt8(ascii: "<"), let boundary = named ?? MultipartReader.sniffedBoundary(start) {
            return try multipart(bytes, header, boundary: boundary)
        }
        if header?.isMultipart == true, start.first != UInt8(ascii: "<"), start.first != 0xEF {
            throw MM7Error(.malformedMultipart, "multipart without a boundary", place: "Content-Type")
        }
        // The charset of a multipart header says nothing of the XML.
        let charset = header?.isMultipart == true ? nil : header?.parameters["charset"]
        var soap = EnvelopeReader()
        let envelope = try envelope(start, charset: charset, &soap)
        return ReceivedMessage(envelope: envelope, notes: soap.notes.lines)
    }

    private func envelope(
        _ bytes: ArraySlice<UInt8>, charset: String?, _ reader: inout EnvelopeReader
    ) throws(MM7Error) -> Envelope {
        guard bytes.count <= limits.envelopeBytes else {
            throw MM7Error(.tooLarge, "the SOAP part has \(bytes.count) bytes, the limit is \(limits.envelopeBytes)")
        }
        let text = Charset.decodeXML(bytes, header: charset)
        if !text.isExact { reader.notes.add("characters outside the declared charset were replaced") }
        try XMLPrescan.check(text.utf8, limits: limits)
        let parsing = XMLTree.parse(text.utf8, limits: limits)
        if let error = parsing.error { throw error.about(parsing.tree.head) }
        if strictness == .schema {
            do throws(MM7Error) {
                try SchemaValidator.validate(parsed: text.utf8)
            } catch {
                throw error.about(parsing.tree.head)
            }
        }
        return try reader.read(parsing.tree)
    }

    private func multipart(
        _ bytes: ArraySlice<UInt8>, _ header: ContentType?, boundary: String
    ) throws(MM7Error) -> ReceivedMessage {
        var splitter = MultipartReader(limits: limits)
        var parts = try splitter.split(bytes, boundary: boundary)
        guard let root = Self.rootIndex(parts, start: header?.parameters["start"]) else {
            throw MM7Error(.empty, "the multipart body has no parts")
        }
        let soapPart = parts.remove(at: root)

        var soap = EnvelopeReader()
        // Encoded it may be larger than decoded, but never twice as large.
        guard soapPart.bytes.count / 2 <= limits.envelopeBytes else {
            let size = "the SOAP part has \(soapPart.bytes.count) bytes"
            throw MM7Error(.tooLarge, "\(size), the limit is \(limits.envelopeBytes)")
        }
        let xml = TransferEncoding.decode(soapPart.bytes, soapPart.headers.transferEncoding)
        let charset = soapPart.headers.contentType?.parameters["charset"]
        let envelope = try envelope(xml.drop(while: \.isXMLSpace), charset: charset, &soap)

        do throws(MM7Error) {
            let chosen = Self.content(parts, href: envelope.body.content?.href, notes: &soap.notes)
            var leaves: [Part] = []
            for part in chosen { try collectLeaves(of: part, depth: 1, &splitter, into: &leaves) }
            return ReceivedMessage(
                envelope: envelope, content: leaves, notes: soap.notes.lines + splitter.notes.lines)
        } catch {
            throw error.about(envelope.head)
        }
    }

    /// The part that `start` names, else the first that is XML, else the first. (RFC 2387, 3.2)
    private static func rootIndex(_ parts: [RawPart], start: String?) -> Int? {
        if let start = start.map(PartHeaders.withoutBrackets), !start.isEmpty,
            let named = parts.firstIndex(where: { $0.headers.contentID == start })
        {
            return named
        }
        let xml = parts.firstIndex { part in
            let type = part.headers.contentType
            return ["text/xml", "application/xml", "application/soap+xml"].contains(type?.essence)
                || type?.isMultipart != true && part.bytes.drop(while: \.isXMLSpace).first == UInt8(ascii: "<")
        }
        return xml ?? (parts.isEmpty ? nil : 0)
    }

    /// The parts that hold the content: the container that the href names, else all of the top level.
    private static func content(_ parts: [RawPart], href: String?, notes: inout ReadingNotes) -> [RawPart] {
        guard !parts.isEmpty else {
            if href != nil { notes.add("Content names a part, and there is none") }
            return []
        }
        guard let href else { return parts }

        var id = Substring(href).trimmed
        if id.hasASCIIPrefix("cid:") { id = id.dropFirst(4) }
        let raw = PartHeaders.withoutBrackets(String(id))
        let decoded = Hex.percentDecoded(raw)
        let named =
            parts.first { $0.headers.contentID == raw || $0.headers.contentID == decoded }
            ?? parts.first { $0.headers.contentLocation == raw || $0.headers.contentLocation == decoded }
        if named == nil { notes.add("Content names a part that does not exist") }
        guard let container = named ?? parts.first, container.headers.contentType?.isMultipart == true else {
            return parts
        }
        return [container]
    }

    private func collectLeaves(
        of part: RawPart, depth: Int, _ splitter: inout MultipartReader, into leaves: inout [Part]
    ) throws(MM7Error) {
        let headers = part.headers
        let bytes = TransferEncoding.decode(part.bytes, headers.transferEncoding)
        guard let type = headers.contentType, type.isMultipart,
            let boundary = type.parameters["boundary"] ?? MultipartReader.sniffedBoundary(bytes)
        else {
            leaves.append(
                Part(
                    contentType: headers.contentType ?? ContentType(type: "application", subtype: "octet-stream"),
                    contentID: headers.contentID,
                    contentLocation: headers.contentLocation,
                    name: headers.name,
                    bytes: bytes
                ))
            return
        }
        guard depth < limits.partDepth else {
            throw MM7Error(.tooDeep, "more than \(limits.partDepth) multipart containers inside each other")
        }
        for inner in try splitter.split(bytes, boundary: boundary) {
            try collectLeaves(of: inner, depth: depth + 1, &splitter, into: &leaves)
        }
    }
}
