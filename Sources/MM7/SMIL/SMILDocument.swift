/// The presentation of a message, in the part of SMIL that handsets know. (3GPP TS 26.246; OMA MMS conformance)
///
/// Each picture and film has a slide, with the text that follows under it; other media have slides of their own.
struct SMILDocument {
    /// What a slide shows of one part.
    enum Medium: String {
        case image = "img"
        case video, audio, text

        /// Nil for types that a presentation does not show, such as calendars and contacts.
        init?(_ type: ContentType) {
            switch type.type {
            case "image": self = .image
            case "video": self = .video
            case "audio": self = .audio
            case "text" where type.subtype == "plain": self = .text
            default: return nil
            }
        }

        var isVisual: Bool { self == .image || self == .video }
    }

    struct Item: Equatable {
        var medium: Medium
        /// `cid:` URL or file name.
        var source: String
    }

    private(set) var slides: [[Item]] = []

    init(_ items: [Item]) {
        for item in items {
            if item.medium == .text, let last = slides.last, !last.contains(where: { $0.medium == .text }) {
                slides[slides.count - 1].append(item)
            } else {
                slides.append([item])
            }
        }
    }

    /// The document in UTF-8. The sources are names that we made, so nothing needs escaping.
    var bytes: [UInt8] {
        var text = "<smil><head><layout><root-layout width=\"100%\" height=\"100%\"/>"
        let media = slides.flatMap { $0 }
        let hasVisual = media.contains { $0.medium.isVisual }
        let hasText = media.contains { $0.medium == .text }
        if hasVisual { text += Self.region("Image", top: 0, height: hasText ? 70 : 100, fit: "meet") }
        if hasText { text += Self.region("Text", top: hasVisual ? 70 : 0, height: hasVisual ? 30 : 100, fit: "scroll") }
        text += "</layout></head><body>"
        for slide in slides {
            // The length of a film or a sound sets that of its slide.
            let isTimed = slide.contains { $0.medium == .video || $0.medium == .audio }
            text += isTimed ? "<par>" : "<par dur=\"5s\">"
            for item in slide {
                text += "<\(item.medium.rawValue) src=\"\(item.source)\""
                if item.medium.isVisual { text += " region=\"Image\"" }
                if item.medium == .text { text += " region=\"Text\"" }
                text += "/>"
            }
            text += "</par>"
        }
        return Array((text + "</body></smil>").utf8)
    }

    /// Handsets look for the regions by exactly these names.
    private static func region(_ id: String, top: Int, height: Int, fit: String) -> String {
        "<region id=\"\(id)\" left=\"0\" top=\"\(top)%\" width=\"100%\" height=\"\(height)%\" fit=\"\(fit)\"/>"
    }
}
