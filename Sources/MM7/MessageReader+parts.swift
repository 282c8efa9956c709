/// Finds which part of a multipart body is the envelope, and which parts are its content.
extension MessageReader {
    /// The part that `start` names, else the first that is XML, else the first. (RFC 2387, 3.2)
    ///
    /// A `start` that names media is ignored: some peers put that of the inner container there.
    static func rootIndex(_ parts: [RawPart], start: String?) -> Int? {
        let start = start.map(identifier) ?? ""
        let named = start.isEmpty ? nil : parts.firstIndex { $0.headers.contentID.map(identifier) == start }
        if let named, mayBeEnvelope(parts[named]) { return named }
        let xml = parts.firstIndex { part in
            mayBeEnvelope(part) && (part.headers.contentType?.isXML == true || Charset.beginsLikeXML(part.bytes))
        }
        return xml ?? named ?? (parts.isEmpty ? nil : 0)
    }

    /// The part that a container says is a presentation: the one that `start` names, else the first. (RFC 2387, 3.2)
    static func presentationIndex(_ parts: [RawPart], in container: ContentType) -> Int? {
        guard container.parameters["type"]?.lowercased().contains("smil") == true else { return nil }
        let start = container.parameters["start"].map(identifier) ?? ""
        return parts.firstIndex { !start.isEmpty && $0.headers.contentID.map(identifier) == start }
            ?? (parts.isEmpty ? nil : 0)
    }

    /// The parts that hold the content: the container that the href names, else all that lie beside the envelope.
    static func content(_ parts: [RawPart], href: String?, notes: inout ReadingNotes) -> [RawPart] {
        guard !parts.isEmpty else {
            if href != nil { notes.add("Content names a part, and there is none") }
            return []
        }
        let chosen: [RawPart]
        if let href {
            let named = part(named: href, in: parts)
            if named == nil { notes.add("Content names a part that does not exist") }
            chosen = contents(of: named ?? parts[0], among: parts)
        } else {
            notes.add("there are parts, but no Content element")
            // XML beside the envelope is for the relay, not for the recipient.
            let media = parts.filter { !isForRelay($0) }
            chosen = contents(of: media.first ?? parts[0], among: media.isEmpty ? parts : media)
        }
        if chosen.count < parts.count { notes.add("parts that Content does not name are left out") }
        return chosen
    }

    /// True for a type that holds parts of its own. The multipart types of WAP, written as text, are among them.
    static func isContainer(_ type: ContentType?) -> Bool {
        type?.isMultipart == true
            || type?.type == "application" && type?.subtype.hasPrefix("vnd.wap.multipart.") == true
    }

    /// The octets of the SOAP part, which some peers declare as base64 although it is not.
    static func decoded(_ part: RawPart, notes: inout ReadingNotes) -> ArraySlice<UInt8> {
        if part.headers.transferEncoding == "base64", Charset.beginsLikeXML(part.bytes) {
            notes.add("the SOAP part is not encoded as its header says")
            return part.bytes
        }
        return PartEncoding.decode(part.bytes, part.headers.transferEncoding)
    }

    /// The parts of a container; for a medium outside any container, all media outside containers.
    private static func contents(of part: RawPart, among parts: [RawPart]) -> [RawPart] {
        isContainer(part.headers.contentType) ? [part] : parts
    }

    /// The part an href means: by Content-ID, Content-Location or name, first an exact match, then one as loose as
    /// peers write.
    private static func part(named href: String, in parts: [RawPart]) -> RawPart? {
        let wanted = identifier(href)
        let decoded = Hex.percentDecoded(wanted)
        let keys: [(PartHeaders) -> String?] = [
            { $0.contentID.map(identifier) }, { $0.contentLocation }, { $0.name },
        ]
        for key in keys {
            if let part = parts.first(where: { [wanted, decoded].contains(key($0.headers)) }) { return part }
        }
        let loose = decoded.lowercased()
        for key in keys {
            if let part = parts.first(where: { key($0.headers).map(Hex.percentDecoded)?.lowercased() == loose }) {
                return part
            }
        }
        return nil
    }

    /// The id in a `cid:` URL or in a Content-ID: without scheme, blanks and brackets. (RFC 2392, 2)
    private static func identifier(_ text: String) -> String {
        let text = PartHeaders.withoutBrackets(text)
        return text[...].hasASCIIPrefix("cid:")
            ? PartHeaders.withoutBrackets(String(Substring(text.utf8.dropFirst(4)))) : text
    }

    /// False for parts that say they are something else.
    private static func mayBeEnvelope(_ part: RawPart) -> Bool {
        guard let type = part.headers.contentType else { return true }
        return type.type != "image" && type.isXML || ["text/plain", "application/octet-stream"].contains(type.essence)
    }

    /// Plain XML that is no presentation.
    private static func isForRelay(_ part: RawPart) -> Bool {
        ["text/xml", "application/xml", "application/soap+xml"].contains(part.headers.contentType?.essence)
            && !SMILProlog.leadsToSMIL(PartEncoding.decode(part.bytes, part.headers.transferEncoding), charset: nil)
    }
}
