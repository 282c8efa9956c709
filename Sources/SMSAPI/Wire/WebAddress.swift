import FoundationEssentials

/// An `http` or `https` URL with a host. Whether it may be called is decided where it is called.
struct WebAddress {
    /// As given.
    let text: String

    static let longest = 2048

    /// - Throws: `violation` for an empty or too long text, `badFormat` for one that is no such URL.
    init(_ text: String, member: String) throws(SMSAPIError) {
        guard !text.isEmpty else { throw .violation("'\(member)': must not be empty") }
        try text.checkLength(of: member, limit: Self.longest)
        guard Self.isWebAddress(text) else { throw .badFormat("'\(member)': must be an http or https URL") }
        self.text = text
    }

    private static func isWebAddress(_ text: String) -> Bool {
        // Foundation would repair blanks and controls by escaping them; the text is called as it is.
        guard
            !text.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F }),
            let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host()
        else { return false }
        return ["http", "https"].contains(scheme) && !host.isEmpty && (1...65535).contains(url.port ?? 80)
    }
}
