/// The `Status` of every response. (TS 23.140, responseStatusType)
public struct ResponseStatus: Sendable, Equatable {
    public var code: StatusCode
    /// Free text; where it is absent, the standard text of the code is written.
    public var text: String?
    /// Character data of the `Details` element, mark-up dropped.
    public var details: String?

    public init(_ code: StatusCode, text: String? = nil, details: String? = nil) {
        self.code = code
        self.text = text
        self.details = details
    }

    public static let success = ResponseStatus(.success)
}
