/// One request and the bounds it is to keep.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    /// An absolute URL, `http` or `https`, already percent-encoded.
    package var url: String
    /// Fields beyond those the client sets itself. `Content-Length`, `Transfer-Encoding` and `Expect`
    /// are its own.
    ///
    /// A redirect to another host takes them along, `Authorization` and `Cookie` excepted.
    package var headers: HTTPHeaders = []
    /// Segments sent one after the other under one `Content-Length`. They are read where they are, never joined.
    package var body: [ArraySlice<UInt8>] = []
    /// Sent with the request unasked; not to another host when redirected.
    package var credentials: BasicCredentials?
    /// Signs the request, in place of credentials. Its fields then need values, and `Expect: 100-continue` is sent.
    package var signature: AWSSignature?
    /// For name lookup, connection and TLS together.
    package var connectTimeout = Duration.seconds(10)
    /// For everything, from `send` to the last byte of the response; at least one millisecond.
    package var timeout = Duration.seconds(60)
    /// The most that is taken of the response's body.
    package var responseLimitBytes = 1 << 20
    /// How often a redirect is followed; 0 returns the redirect itself as the response.
    package var maxRedirects = 0
    package var addressPolicy = AddressPolicy.any

    package init(method: HTTPMethod, url: String) {
        self.method = method
        self.url = url
    }
}
