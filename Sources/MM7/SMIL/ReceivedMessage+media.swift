extension ReceivedMessage {
    /// The SMIL document that says how the media is shown; nil where there is none. (3GPP TS 26.140)
    public var presentation: Part? { content.first { $0.isPresentation } }

    /// The media in the order in which the presentation shows it, each part once; then, in their own order, the parts
    /// that the presentation does not name. Without a presentation that can be read, all parts in their order. The
    /// presentation itself is not among them. (3GPP TS 26.246)
    public var media: [Part] {
        var isTaken = content.map(\.isPresentation)
        var order: [Int] = []
        for index in slideIndices.joined() where !isTaken[index] {
            isTaken[index] = true
            order.append(index)
        }
        order += content.indices.filter { !isTaken[$0] }
        return order.map { content[$0] }
    }

    /// What the presentation shows together, slide by slide; empty without a presentation that can be read. A part may
    /// be on several slides, and one that the presentation does not name is on none. (3GPP TS 26.246, `par`)
    public var slides: [[Part]] { slideIndices.map { $0.map { content[$0] } } }

    /// The slides as indices into the content, without sources that match no part and without slides that have no other
    /// sources.
    private var slideIndices: [[Int]] {
        guard let presentation,
            let slides = SMILReader.slides(
                presentation.bytes, charset: presentation.contentType.parameters["charset"])
        else { return [] }
        let parts = PartIndex(content)
        return slides.map { $0.compactMap { parts.index(of: $0) } }.filter { !$0.isEmpty }
    }
}

/// Finds the part that a presentation means. Peers percent-encode in the presentation, in the headers, in both or in
/// neither. (RFC 2392, 2; RFC 2557, 8)
private struct PartIndex {
    private var byID: [String: Int] = [:]
    private var byLocation: [String: Int] = [:]
    private var byName: [String: Int] = [:]

    /// Leaves presentations out, since no presentation names another. Where parts have the same name, the first counts.
    init(_ parts: [Part]) {
        for (index, part) in parts.enumerated().reversed() where !part.isPresentation {
            if let id = part.contentID { byID[Hex.percentDecoded(id)] = index }
            if let location = part.contentLocation { byLocation[Hex.percentDecoded(location)] = index }
            if let name = part.name { byName[Hex.percentDecoded(name)] = index }
        }
    }

    /// `cid:` means the Content-ID and a bare name the Content-Location; either is also found under the others.
    func index(of source: String) -> Int? {
        let source = Substring(source).trimmed
        let isID = source.hasASCIIPrefix("cid:")
        let name = Hex.percentDecoded(
            PartHeaders.withoutBrackets(String(isID ? Substring(source.utf8.dropFirst(4)) : source)))
        return (isID ? byID[name] ?? byLocation[name] : byLocation[name] ?? byID[name]) ?? byName[name]
    }
}
