/// The `Content` element: where the message's content is. (TS 23.140, contentReferenceType)
public struct ContentReference: Sendable, Equatable {
    /// A `cid:` URL that names a body part, or another URL. Empty where the writer is still to set it.
    public var href: String
    /// Whether the relay may transcode; true where absent.
    public var allowAdaptations: Bool?

    public init(href: String, allowAdaptations: Bool? = nil) {
        self.href = href
        self.allowAdaptations = allowAdaptations
    }
}
