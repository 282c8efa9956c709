/// How media of a type is sent to a browser: what a browser shows or plays is shown, anything else is saved.
///
/// The media comes from strangers. What a browser would run as a page or a script of this server loses its type, so
/// that it is not run; the headers of the answer forbid that too.
struct DownloadForm: Equatable, Sendable {
    let contentType: String
    let isInline: Bool

    init(of contentType: String) {
        let type = Self.wellFormed(contentType)
        isInline = Self.shown.contains(type)
        self.contentType = Self.isActive(type) ? Self.anything : type
    }

    /// The type in lower case and without parameters, if it is well formed; else `application/octet-stream`.
    static func wellFormed(_ type: String) -> String { isTypeAndSubtype(type) ? type : anything }

    private static let anything = "application/octet-stream"

    private static let shown: Set<String> = [
        "image/gif", "image/jpeg", "image/png", "image/webp",
        "video/3gpp", "video/3gpp2", "video/mp4",
        "audio/3gpp", "audio/aac", "audio/amr", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav",
        "audio/webm", "audio/x-m4a", "audio/x-wav",
    ]

    /// Pages, scripts, style sheets, and what holds them.
    private static func isActive(_ type: String) -> Bool {
        let subtype = type.drop { $0 != "/" }
        return active.contains { subtype.contains($0) } || type.hasPrefix("multipart/") || type.hasPrefix("message/")
    }

    private static let active = [
        "html", "xml", "svg", "script", "/xsl", "/css", "flash", "/java", "/x-java", "manifest", "wasm", "hta",
    ]

    /// Whether the type is in lower case and has only characters of a token. (RFC 9110, 8.3.1)
    private static func isTypeAndSubtype(_ type: String) -> Bool {
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        return type.utf8.count <= 127 && halves.count == 2
            && halves.allSatisfy { half in
                !half.isEmpty && half.utf8.allSatisfy { token.contains($0) }
            }
    }

    private static let token = Set("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-".utf8)
}
