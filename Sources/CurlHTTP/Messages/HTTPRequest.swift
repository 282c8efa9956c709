package import Trust

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
    /// Credentials that are sent with the request at once; not to another host after a redirect.
    package var credentials: BasicCredentials?
    /// How the credentials are sent.
    package var authentication = Authentication.basic
    /// How TLS is spoken with the peer; nil: as the client does by default. Requests with different trust never share a
    /// connection.
    package var trust: TLSTrust?
    /// Signs the request, in place of credentials. Its fields then need values, and `Expect: 100-continue` is sent.
    package var signature: AWSSignature?
    /// The limit for name lookup, connection and TLS together.
    package var connectTimeout = Duration.seconds(10)
    /// The limit for everything, from `send` to the last byte of the response; at least one millisecond.
    package var timeout = Duration.seconds(60)
    /// The most that is taken of the response's body.
    package var responseLimitBytes = 1 << 20
    /// The most that is taken of the heads of one exchange, interim responses and trailers included.
    package var headLimitBytes = 64 << 10
    /// Whether the body of a response is read although its end is ambiguous, because the head names two lengths, or one
    /// that is no number. The result is still the failure `.invalidResponse`, but it carries the body that came;
    /// without this it carries none.
    package var readsAmbiguousBody = false
    /// Whether the response's body is wanted. If not, the head decides: the response has no body, and a body is only
    /// read so that the connection can be used again, as long as it is short and comes soon, and it may break off.
    package var readsBody = true
    /// Undoes what `Content-Encoding` of the response says: gzip, deflate, and br where libcurl was built with it.
    ///
    /// It does not ask for a coding: no `Accept-Encoding` is sent. A coding that was undone is removed from the
    /// response's `Content-Encoding`. Other names (`identity`, `aws-chunked`) stay, and so does the name of a coding
    /// that the body does not have; the body is unchanged then. `responseLimitBytes` applies to the body both before
    /// and after decoding. A damaged or cut body is the failure `.brokenCoding`, which carries what could be read.
    package var decodesBody = false
    /// How often a redirect is followed; 0 returns the redirect itself as the response.
    package var maxRedirects = 0
    package var addressPolicy = AddressPolicy.any

    package enum Authentication: String, Sendable, CaseIterable {
        /// With the request, at once.
        case basic
        /// As the answer to a challenge (RFC 7616), in MD5 or SHA-256. Without a challenge that is still good, an empty
        /// request asks for one first; of the credentials the peer sees only a hash.
        case digest
    }

    package init(method: HTTPMethod, url: String) {
        self.method = method
        self.url = url
    }
}
