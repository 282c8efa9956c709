/// What kind of thing a file is, by its declared type and, where that says nothing, by its first bytes.
package enum MediaType {
    /// Whether a message can carry it: what handsets show, play or save.
    static func isCarried(_ type: String) -> Bool {
        let family = type.prefix(while: { $0 != "/" })
        return ["image", "video", "audio"].contains(family) || others.contains(type)
    }

    private static let others: Set<String> = [
        "application/pdf", "application/vnd.oma.drm.message", "text/calendar", "text/plain", "text/vcard",
        "text/x-vcalendar", "text/x-vcard",
    ]

    /// `type/subtype` of a Content-Type in lower case, without parameters; nil when it is not of that form.
    static func essence(of contentType: String) -> String? {
        let essence = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        let halves = essence.split(separator: "/", omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty } ? essence : nil
    }

    /// The type that the first bytes show, for servers that call everything `application/octet-stream`.
    static func shown(by bytes: some Collection<UInt8>) -> String? {
        let head = Array(bytes.prefix(12))
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if head.starts(with: Array("GIF8".utf8)) { return "image/gif" }
        guard head.count == 12, head[4..<8].elementsEqual("ftyp".utf8) else { return nil }
        if head[8..<10].elementsEqual("3g".utf8) { return "video/3gpp" }
        return head[8..<12].elementsEqual("qt  ".utf8) ? "video/quicktime" : "video/mp4"
    }
}
