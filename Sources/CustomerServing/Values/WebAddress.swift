import CurlHTTP

/// An `http` or `https` URL that can be called, by the rule of the client that calls it. Whether it may be called is
/// decided there.
struct WebAddress {
    /// As given.
    let text: String

    static let longest = 2048

    /// - Throws: `violation` for an empty or too long text, `badFormat` for one that is no such URL.
    init(_ text: String, member: String) throws(SMSAPIError) {
        guard !text.isEmpty else { throw .violation("'\(member)': must not be empty") }
        try text.checkLength(of: member, limit: Self.longest)
        do throws(HTTPFailure) {
            _ = try WebURL(text)
        } catch {
            throw .badFormat("'\(member)': must be an http or https URL; \(error.message)")
        }
        self.text = text
    }
}
