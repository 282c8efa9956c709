/// A complete response.
package struct HTTPResponse: Sendable, Equatable {
    package var status: Int
    /// The fields of the final response, trailers not included.
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The URL that answered, which differs from the request's after a redirect.
    package var effectiveURL: String?

    package init(status: Int, headers: HTTPHeaders = [], body: [UInt8] = [], effectiveURL: String? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.effectiveURL = effectiveURL
    }
}
