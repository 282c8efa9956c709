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
    /// The most that is taken of the heads of one exchange, interim responses and trailers included.
    package var headLimitBytes = 64 << 10
    /// Whether the body of a response is read of which nobody can say where it ends, for its head names two lengths, or one
    /// that is no number. It stays the failure `.invalidResponse`, which carries what came; without this no body.
    package var readsAmbiguousBody = false
    /// Whether the response's body is wanted. If not, the head decides: the response has no body, and what comes of one
    /// is only read for the connection to be used again, as long as it is short and comes soon. It may break off.
    package var readsBody = true
    /// Undoes what `Content-Encoding` of the response says: gzip, deflate, and br where libcurl was built with it.
    ///
    /// Nothing is asked for by it: no `Accept-Encoding` is sent. What was undone is not named in the response's
    /// `Content-Encoding` any more; other names (`identity`, `aws-chunked`) stay there, and so does the name of a coding
    /// that the body is not in, each with the body as it is. `responseLimitBytes` holds for the body as it comes and for
    /// what comes out of it. A damaged or cut body is the failure `.brokenCoding`, which carries what could be read.
    package var decodesBody = false
    /// How often a redirect is followed; 0 returns the redirect itself as the response.
    package var maxRedirects = 0
    package var addressPolicy = AddressPolicy.any

    package init(method: HTTPMethod, url: String) {
        self.method = method
        self.url = url
    }
}
