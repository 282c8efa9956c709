/// A complete response.
package struct HTTPResponse: Sendable, Equatable {
    package var status: Int
    /// The fields of the final response, trailers not included.
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
