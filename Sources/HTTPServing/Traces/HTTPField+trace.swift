package import HTTPTypes

/// The headers of a trace.
extension HTTPField.Name {
    package static let requestID = named("X-Request-Id")
    static let traceParent = named("traceparent")
    static let traceState = named("tracestate")

    /// A name that is valid as it stands here.
    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
        return name
    }
}
