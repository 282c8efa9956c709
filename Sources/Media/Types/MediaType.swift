import GatewayCore

/// Compares what a Content-Type says about a file with what the file shows.
package enum MediaType {
    /// The type under which a stranger's file is reported: the sender's, unless the bytes show another.
    ///
    /// - Parameter given: `type/subtype` in lower case, or what stands in its place.
    package static func checked(_ given: String, of content: ArraySlice<UInt8>) -> String {
        let given = essence(of: given).map(registered) ?? anything
        guard let format = MediaFormat(startOf: content) else {
            // Pictures and documents are known from their first bytes, so a file that only claims to be one is not
            // shown.
            let isKnowable = MediaFormat.allCases.contains { $0.isAlwaysKnown && $0.contentTypes.contains(given) }
            return isKnowable || isVague(given) ? anything : given
        }
        return format.fits(given) ? given : format.contentTypes.first ?? given
    }

    static let anything = "application/octet-stream"

    /// Whether the type says only that there is a file, or a file of a family such as `image/*`.
    static func isVague(_ type: String) -> Bool { type == anything || type.hasSuffix("/*") || type == "*" }

    /// Whether a message can carry it: what handsets show, play or save.
    static func isCarried(_ type: String) -> Bool {
        unknowable.contains(type) || texts.contains(type) || boxedSounds.contains(type)
            || MediaFormat.allCases.contains { $0.contentTypes.contains(type) }
    }

    /// Types of files that cannot be known by their bytes, so that their server has to be believed.
    static let unknowable: Set<String> = [
        "application/vnd.oma.drm.content", "application/vnd.oma.drm.message", "audio/evrc", "audio/imelody",
        "audio/mobile-xmf", "audio/qcelp", "image/vnd.wap.wbmp",
    ]

    /// Sounds in the boxes of films.
    static let boxedSounds: Set<String> = ["audio/3gpp", "audio/3gpp2", "audio/mp4"]

    /// Types whose files are lines of text.
    static let texts: Set<String> = [
        "text/calendar", "text/plain", "text/vcard", "text/x-vcalendar", "text/x-vcard",
    ]

    /// `type/subtype` of a Content-Type in lower case, without parameters; nil when it is not of that form.
    static func essence(of contentType: String) -> String? {
        let octets = contentType.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
        let essence = String(decoding: octets.filter { $0 > 0x20 }, as: UTF8.self).lowercasedASCII
        let halves = essence.pieces(at: "/", omittingEmpty: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty } ? essence : nil
    }
}

extension MediaFormat {
    /// The type of a file of the format that has only sound; nil where there is none.
    var soundType: String? {
        switch self {
        case .mp4, .m4a: "audio/mp4"
        case .threeGPP: "audio/3gpp"
        default: contentTypes.first { $0.hasPrefix("audio/") }
        }
    }

    /// Whether the type is one of the format's names. Sounds come in the containers of films.
    func fits(_ type: String) -> Bool {
        contentTypes.contains(type) || isVideo && MediaType.boxedSounds.contains(type)
            || isVideo && MediaFormat.allCases.contains { $0.isVideo && $0.contentTypes.contains(type) }
    }
}
