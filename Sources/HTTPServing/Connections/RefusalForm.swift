import HTTPTypes

/// How a server words its refusal of a request that no route has seen: in the form that its peers read.
package struct RefusalForm: Sendable {
    package var contentType: String
    package var bytes: @Sendable (RequestRefusal) -> [UInt8]

    package init(contentType: String, bytes: @escaping @Sendable (RequestRefusal) -> [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }

    /// The form of other errors that a server answers without a route.
    package static let json = RefusalForm(contentType: "application/json") { refusal in
        JSONText.bytes(of: FallbackBody(refusal.status, text: refusal.text))
    }

    /// The whole answer, after which the connection ends.
    func answer(to refusal: RequestRefusal) -> [UInt8] {
        let body = bytes(refusal)
        let head = """
            HTTP/1.1 \(refusal.status.code) \(refusal.status.reasonPhrase)\r
            Connection: close\r
            Content-Type: \(contentType)\r
            Content-Length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }
}
