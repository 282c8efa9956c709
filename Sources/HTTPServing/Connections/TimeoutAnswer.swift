import HTTPTypes

/// What a server says to a request that takes too long to arrive, beside the status 408: in the form that its peers read.
package struct TimeoutAnswer: Sendable, Equatable {
    package var contentType: String
    package var bytes: [UInt8]

    package init(contentType: String, bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }

    /// As other errors of a server of which no route says anything.
    package static let json = TimeoutAnswer(
        contentType: "application/json", bytes: JSONText.bytes(of: FallbackBody(.requestTimeout)))
}
