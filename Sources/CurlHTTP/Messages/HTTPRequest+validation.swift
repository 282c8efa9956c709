extension HTTPRequest {
    /// Makes sure that no text of the request can end its place in the message and begin another.
    ///
    /// - Throws: `.invalidURL` or `.invalidRequest`; nothing has been sent.
    func validate() throws(HTTPFailure) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw HTTPFailure(.invalidURL, "the URL has a space or a control character")
        }
        guard hasHTTPScheme else {
            throw HTTPFailure(.invalidURL, "the URL does not begin with http:// or https://")
        }
        guard Self.isToken(method.rawValue) else {
            throw HTTPFailure(.invalidRequest, "the method is not a token")
        }
        for (name, value) in headers {
            try Self.validateField(name, value)
        }
        if let credentials {
            guard Self.isFreeOfControls(credentials.username), Self.isFreeOfControls(credentials.password) else {
                throw HTTPFailure(.invalidRequest, "the credentials have a control character")
            }
            guard !credentials.username.utf8.contains(UInt8(ascii: ":")) else {
                throw HTTPFailure(.invalidRequest, "the user name has a colon")
            }
        }
    }

    private var hasHTTPScheme: Bool {
        ["http://", "https://"].contains { HTTPHeaders.isSame(String(url.prefix($0.count)), $0) }
    }

    private static func validateField(_ name: String, _ value: String) throws(HTTPFailure) {
        guard isToken(name) else {
            throw HTTPFailure(.invalidRequest, "a header's name is not a token")
        }
        // A tab is allowed within a value. (RFC 9110, 5.5)
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
            throw HTTPFailure(.invalidRequest, "header \(name) has a control character")
        }
        // Two opinions about where the body ends are a smuggled request.
        guard !["Content-Length", "Transfer-Encoding", "Expect"].contains(where: { HTTPHeaders.isSame($0, name) })
        else {
            throw HTTPFailure(.invalidRequest, "header \(name) is the client's own")
        }
    }

    private static func isFreeOfControls(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// The `token` of RFC 9110, 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
