/// Why a request did not end in a complete response.
package struct HTTPFailure: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case invalidURL
        /// A header, the method or the credentials cannot be sent as they are.
        case invalidRequest
        /// The address policy does not permit any address of the host.
        case refusedAddress
        /// The host's name has no address, or none was found now.
        case unresolved
        case connectionFailed
        /// The handshake failed.
        case tls
        /// The peer's certificate was not accepted.
        case certificate
        /// The peer does not accept our certificate, or asks for one where we have none; or ours cannot be used.
        case clientCertificate
        /// Digest authentication came to nothing: no challenge, or one after the other. A login that is wrong is a
        /// response, with the status 401.
        case login
        case timedOut
        /// The connection ended before the response was complete.
        case connectionLost
        case responseTooLarge(limitBytes: Int)
        /// From some place on, the body does not match its `Content-Encoding`; only for a request that decodes it.
        case brokenCoding
        /// The head is invalid or contradicts itself: it names two lengths, or one that is no number.
        case invalidResponse
        case tooManyRedirects
        /// The task was cancelled, or the client shut down while the request was in flight.
        case cancelled
        /// The client had been shut down before the request came.
        case shutDown
        /// Anything else, with libcurl's code.
        case other(code: Int)
    }

    package var kind: Kind
    /// Whether any byte of the body (or, for a request without one, any byte at all) may have reached the peer.
    ///
    /// False is certain: the request may be repeated freely.
    package var requestMayHaveArrived: Bool
    /// libcurl's own text, without credentials and query strings.
    package var message: String
    /// What had arrived of the final response when the request failed, if its head was complete. The body may be cut
    /// anywhere.
    package var response: HTTPResponse?

    package init(kind: Kind, requestMayHaveArrived: Bool, message: String, response: HTTPResponse? = nil) {
        self.kind = kind
        self.requestMayHaveArrived = requestMayHaveArrived
        self.message = message
        self.response = response
    }
}

extension HTTPFailure: CustomStringConvertible {
    package var description: String { message }
}

extension HTTPFailure {
    /// A failure before anything was sent.
    init(_ kind: Kind, _ message: String) {
        self.init(kind: kind, requestMayHaveArrived: false, message: message)
    }

    static let shutDown = HTTPFailure(.shutDown, "the HTTP client has been shut down")
}
