import HTTPServing
import HTTPTypes
import Hummingbird
import MM7

/// The MMSC's answers, in the forms that its faults ask for.
struct Answers: Sendable {
    let configuration: MockMMSC.Configuration

    /// An answer in the peer's namespace and version, sent slowly if that was asked for.
    func response(
        _ body: Envelope.Body, to submission: KnownSubmission, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        Response(try write(submission.answer(body)), status: status, over: configuration.faults.slow)
    }

    /// An answer that is written already.
    func response(_ envelope: Envelope, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(try write(envelope), status: status, over: configuration.faults.slow)
    }

    /// The answer to posts whose credentials are missing or wrong.
    /// - Parameter challenge: what the next request has to answer.
    func unauthorized(_ challenge: String = #"Basic realm="mmsc""#) throws -> Response {
        let violation = Violation(.improperIdentification, "the HTTP credentials are missing or wrong")
        var response = try response(.fault(violation.fault), to: KnownSubmission(), status: .unauthorized)
        response.headers[.wwwAuthenticate] = challenge
        return response
    }

    /// An answer under another TransactionID.
    func misaddressed(_ body: Envelope.Body, to submission: KnownSubmission) throws -> Response {
        var envelope = submission.answer(body)
        envelope.transactionID = "not-\(envelope.transactionID ?? "")"
        return Response(try write(envelope), status: .ok, over: configuration.faults.slow)
    }

    /// Half of an answer, announced as the whole.
    func half(_ body: Envelope.Body, to submission: KnownSubmission, _ context: ExchangeContext) throws -> Response {
        let encoded = try write(submission.answer(body))
        let bytes = Array(encoded.segments.joined())
        return Response(
            status: .ok,
            headers: [.contentType: encoded.contentType, .contentLength: String(bytes.count)],
            body: ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes[..<(bytes.count / 2)]))
                await context.hangUp()
                throw HungUp()
            })
    }

    /// The answer of a proxy whose MMSC is unavailable.
    func badGateway() -> Response {
        let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\r\n"
        return Response(status: .badGateway, contentType: "text/html", bytes: page.utf8)
    }

    private func write(_ envelope: Envelope) throws -> EncodedMessage {
        try MessageWriter(profile: configuration.profile).write(envelope)
    }
}

/// The connection was closed on purpose; there is nobody to answer.
struct HungUp: Error {}
