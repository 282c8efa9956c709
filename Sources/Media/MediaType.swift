import GatewayCore

/// What a Content-Type says of a file.
package enum MediaType {
    /// Whether a message can carry it: what handsets show, play or save.
    static func isCarried(_ type: String) -> Bool {
        let family = type.prefix(while: { $0 != "/" })
        return ["image", "video", "audio"].contains(family) || others.contains(type)
    }

    /// The type that a stranger's file is told under: as its sender says, unless its bytes say otherwise.
    ///
    /// - Parameter given: `type/subtype` in lower case, or what stands in its place.
    package static func checked(_ given: String, of content: ArraySlice<UInt8>) -> String {
        let given = essence(of: given) ?? anything
        guard let format = MediaFormat(startOf: content) else {
            // Pictures and documents are known from their first bytes; what calls itself one and is none is not shown.
            let isKnowable = MediaFormat.allCases.contains { !$0.isVideo && $0.contentTypes.contains(given) }
            return isKnowable ? anything : given
        }
        // Sounds come in the containers of films.
        let fits = format.isVideo && (given.hasPrefix("audio/") || given.hasPrefix("video/"))
        return fits || format.contentTypes.contains(given) ? given : format.contentTypes.first ?? given
    }

    private static let anything = "application/octet-stream"

    private static let others: Set<String> = [
        "application/pdf", "application/vnd.oma.drm.message", "text/calendar", "text/plain", "text/vcard",
        "text/x-vcalendar", "text/x-vcard",
    ]

    /// `type/subtype` of a Content-Type in lower case, without parameters; nil when it is not of that form.
    static func essence(of contentType: String) -> String? {
        let octets = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }
        let essence = String(decoding: octets.filter { $0 > 0x20 }, as: UTF8.self).lowercasedASCII
        let halves = essence.pieces(at: "/", omittingEmpty: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty } ? essence : nil
    }
}
