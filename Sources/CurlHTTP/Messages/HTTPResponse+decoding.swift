import ContentCoding

extension HTTPResponse {
    /// The result of undoing the codings of a body.
    enum Decoded {
        case whole(HTTPResponse)
        /// The body is damaged or cut within a coding: the response with what could be read of it.
        case broken(HTTPResponse)
        /// The decoded body exceeds the limit.
        case tooLarge
    }

    /// Undoes the codings that `Content-Encoding` names, the last one first, and removes their names. Where a coding is
    /// unknown here, or the body does not have it, the name stays and the body is not changed.
    func decoded(limitBytes: Int) -> Decoded {
        var names = headers.all(named: Self.field).flatMap { $0.split(separator: ",") }.map { name in
            String(name.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
        }
        var response = self
        var rounds = 0
        for index in names.indices.reversed() where !body.isEmpty {
            guard let coding = ContentCoding(name: names[index]), rounds < Self.mostCodings else { continue }
            rounds += 1
            switch coding.decode(response.body, limitBytes: limitBytes) {
            case .whole(let bytes):
                response.body = bytes
                names.remove(at: index)
            case .broken(let bytes):
                response.body = bytes
                names.remove(at: index)
                return .broken(response.naming(names))
            case .tooLarge:
                return .tooLarge
            case .foreign:
                continue
            }
        }
        return .whole(rounds > 0 ? response.naming(names) : self)
    }

    private func naming(_ codings: [String]) -> HTTPResponse {
        var response = self
        response.headers.removeAll { HTTPHeaders.isSame($0.name, Self.field) }
        if !codings.isEmpty {
            response.headers.append(name: Self.field, value: codings.joined(separator: ", "))
        }
        return response
    }

    private static let field = "Content-Encoding"

    /// The most codings that are undone: each may cost as much as the limit allows, and more than one is rare.
    private static let mostCodings = 3
}

extension HTTPRequest {
    /// The response with its codings undone, if that was asked for.
    ///
    /// - Throws: `.responseTooLarge` or `.brokenCoding`.
    func decode(_ response: HTTPResponse) throws(HTTPFailure) -> HTTPResponse {
        guard decodesBody else { return response }
        switch response.decoded(limitBytes: responseLimitBytes) {
        case .whole(let decoded):
            return decoded
        case .broken(let part):
            throw HTTPFailure(
                kind: .brokenCoding, requestMayHaveArrived: true,
                message: "the response's body is damaged or cut within its Content-Encoding", response: part)
        case .tooLarge:
            throw HTTPFailure(
                kind: .responseTooLarge(limitBytes: responseLimitBytes), requestMayHaveArrived: true,
                message: "the response exceeds the limit of \(responseLimitBytes) bytes")
        }
    }

    /// The failure, with what had come of the response decoded as far as that goes.
    func decode(_ failure: HTTPFailure) -> HTTPFailure {
        guard decodesBody, let response = failure.response else { return failure }
        var failure = failure
        switch response.decoded(limitBytes: responseLimitBytes) {
        case .whole(let part), .broken(let part): failure.response = part
        case .tooLarge: break
        }
        return failure
    }
}
