extension HTTPRequest {
    /// Makes sure that no text of the request except its URL can end its header field and begin another.
    ///
    /// - Throws: `.invalidRequest`; nothing has been sent.
    func validate() throws(HTTPFailure) {
        guard HTTPHeaders.isToken(method.rawValue) else {
            throw HTTPFailure(.invalidRequest, "the method is not a token")
        }
        for (name, value) in headers {
            guard let fault = HTTPHeaders.fault(inField: name, value) else { continue }
            throw HTTPFailure(.invalidRequest, fault)
        }
        if let fault = credentials?.fault { throw HTTPFailure(.invalidRequest, fault) }
        if let signature { try check(signature) }
    }

    private func check(_ signature: AWSSignature) throws(HTTPFailure) {
        guard credentials == nil else {
            throw HTTPFailure(.invalidRequest, "the request has credentials and a signature")
        }
        if let fault = signature.fault { throw HTTPFailure(.invalidRequest, fault) }
        // libcurl 7.88 would sign its own notation for an empty field.
        guard let empty = headers.first(where: { HTTPHeaders.isBlank($0.value) }) else { return }
        throw HTTPFailure(.invalidRequest, "header \(empty.name) is empty, which cannot be signed")
    }
}

extension AWSSignature {
    /// Why it cannot sign a request, or nil where it can.
    package var fault: String? {
        // They are parts of `Credential=ID/date/region/service/aws4_request, ...`, and two of them stand between colons
        // in the text for libcurl.
        for (name, text) in [("region", region), ("service", service), ("access key id", accessKeyID)] {
            guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !":/,".utf8.contains($0) }) else {
                return "the signature's \(name) is not of visible characters but \":/,\""
            }
        }
        guard !secretAccessKey.isEmpty, secretAccessKey.isFreeOfControls else {
            return "the signature's secret is empty or has a control character"
        }
        return nil
    }
}
