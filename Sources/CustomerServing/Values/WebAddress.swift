import CurlHTTP

/// An `http` or `https` URL that can be called, by the rule of the HTTP client that calls it, which also decides
/// whether it may be called.
package struct WebAddress: Sendable {
    /// The URL as it was given.
    package let text: String

    static let longest = 2048

    /// - Throws: `violation` for an empty or too long text, `badFormat` for one that is no such URL.
    package init(_ text: String, member: String) throws(MalformedRequest) {
        guard !text.isEmpty else { throw .violation(at: member, "must not be empty") }
        try text.checkLength(of: member, limit: Self.longest)
        do throws(HTTPFailure) {
            _ = try WebURL(text)
        } catch {
            throw .badFormat(at: member, "must be an http or https URL; \(error.message)")
        }
        self.text = text
    }
}
