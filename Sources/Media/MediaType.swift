/// What a Content-Type says of a file.
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
}
