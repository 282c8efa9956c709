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
        if let signature { try validate(signature) }
    }

    private func validate(_ signature: AWSSignature) throws(HTTPFailure) {
        guard credentials == nil else {
            throw HTTPFailure(.invalidRequest, "the request has credentials and a signature")
        }
        // They stand in `Credential=ID/date/region/service/aws4_request, ...`, two of them between colons before that.
        for (name, text) in [
            ("region", signature.region), ("service", signature.service), ("access key id", signature.accessKeyID),
        ] {
            guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !":/,".utf8.contains($0) }) else {
                throw HTTPFailure(.invalidRequest, "the signature's \(name) is not of visible characters but \":/,\"")
            }
        }
        guard !signature.secretAccessKey.isEmpty, Self.isFreeOfControls(signature.secretAccessKey) else {
            throw HTTPFailure(.invalidRequest, "the signature's secret is empty or has a control character")
        }
        // libcurl 7.88 would sign its own notation for an empty field.
        guard let empty = headers.first(where: { $0.value.isEmpty }) else { return }
        throw HTTPFailure(.invalidRequest, "header \(empty.name) is empty, which cannot be signed")
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
