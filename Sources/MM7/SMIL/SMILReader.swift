/// Reads which media a presentation names, in the order in which it shows them. (3GPP TS 26.246)
///
/// The text is no more trusted than any other XML of a message, and is parsed with the same safeguards. Layout and
/// timing are skipped: every handset ignores a different part of them.
enum SMILReader {
    /// The sources of the media, slide by slide; nil for what is no SMIL document or cannot be read.
    ///
    /// A slide is an outermost `par` of the body, or a medium that stands outside of any.
    static func slides(_ bytes: ArraySlice<UInt8>, charset: String?, limits: ReadingLimits = .init()) -> [[String]]? {
        guard bytes.count <= limits.envelopeBytes else { return nil }
        let text = Charset.decodeXML(bytes.drop(while: \.isXMLSpace), header: charset).utf8
        guard let utf8 = SMILProlog.withoutDoctype(text) else { return nil }
        do throws(MM7Error) { try XMLPrescan.check(utf8, limits: limits) } catch { return nil }
        let parsing = XMLTree.parse(utf8, limits: limits)
        guard parsing.error == nil, let root = parsing.tree.root, root.lowercasedName == "smil",
            let body = root.children.first(where: { $0.lowercasedName == "body" })
        else { return nil }
        return slides(in: body)
    }

    private static func slides(in element: XMLTree.Element) -> [[String]] {
        element.children.flatMap { child -> [[String]] in
            switch child.lowercasedName {
            case "par": [sources(in: child)]
            case let name where isMedium(name): [sources(of: child)]
            default: slides(in: child)
            }
        }
    }

    private static func sources(in element: XMLTree.Element) -> [String] {
        element.children.flatMap { isMedium($0.lowercasedName) ? sources(of: $0) : sources(in: $0) }
    }

    private static func sources(of medium: XMLTree.Element) -> [String] {
        let source = medium.attribute("src") ?? medium.attribute("SRC") ?? medium.attribute("Src")
        return source.map { $0.isEmpty ? [] : [$0] } ?? []
    }

    private static func isMedium(_ name: String) -> Bool {
        ["img", "text", "audio", "video", "ref", "animation", "textstream"].contains(name)
    }
}

extension XMLTree.Element {
    fileprivate var lowercasedName: String { name.lowercased() }
}
