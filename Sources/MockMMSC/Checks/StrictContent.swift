import MM7

/// The content of a submission: its leaves, and a presentation that finds each of them.
struct StrictContent {
    /// The leaves in their order, the presentation among them.
    let leaves: [StrictPart]

    private static let media: Set = ["text", "img", "video", "audio", "ref"]
    private static let presentation = "application/smil"

    /// - Parameter part: the part that the Content element names.
    init(_ part: StrictPart) throws(Violation) {
        switch part.type.type {
        case "multipart/related":
            leaves = try part.inner
            try Self.checkRoot(of: part, leaves)
        case "multipart/mixed":
            leaves = try part.inner
        default:
            leaves = [part]
        }
        guard !leaves.isEmpty, leaves.allSatisfy({ !$0.type.isMultipart }) else {
            throw Violation(.messageFormatCorrupt, "the content is empty or has containers inside")
        }
        let ids = leaves.map(\.contentID)
        guard Set(ids).count == ids.count else {
            throw Violation(.messageFormatCorrupt, "two parts of the content have the same Content-ID")
        }
        guard !leaves.dropFirst().contains(where: { $0.type.type == Self.presentation }) else {
            throw Violation(.messageFormatCorrupt, "a presentation is not the first part of the content")
        }
        if let shown = leaves.first, shown.type.type == Self.presentation { try check(shown) }
    }

    /// The presentation is the first part and the one that `start` names. (RFC 2387, 3)
    private static func checkRoot(of container: StrictPart, _ leaves: [StrictPart]) throws(Violation) {
        let parameters = container.type.parameters
        guard parameters["type"] == presentation, leaves.first?.type.type == presentation else {
            throw Violation(.messageFormatCorrupt, "related content does not begin with a presentation")
        }
        guard let start = parameters["start"], start == leaves.first.map({ "<\($0.contentID)>" }) else {
            throw Violation(.messageFormatCorrupt, "the start of the content is not its presentation")
        }
    }

    private func check(_ presentation: StrictPart) throws(Violation) {
        let root: StrictElement
        do throws(Violation) {
            root = try StrictXML.read(try presentation.decoded)
        } catch {
            throw Violation(.multimediaContentRefused, "the presentation: \(error.reason)")
        }
        guard root.name == "smil" else { throw Violation(.multimediaContentRefused, "the presentation is no SMIL") }
        for medium in root.descendants where Self.media.contains(medium.name) {
            guard let source = medium.attribute("src"), finds(source) else {
                throw Violation(.multimediaContentRefused, "a \(medium.name) of the presentation finds no part")
            }
        }
    }

    private func finds(_ source: String) -> Bool {
        source.hasPrefix("cid:")
            ? leaves.contains { $0.contentID == source.dropFirst(4) }
            : leaves.contains { $0.contentLocation == source }
    }
}
