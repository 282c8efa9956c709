import GatewayCore
import HTTPServing
import HTTPTypes
import MM7

/// The answer to an MMSC: an HTTP status and an MM7 response.
///
/// A known operation is answered by its own response, with HTTP 200 even for a refusal, which MMSCs understand best.
/// Anything else is answered by a fault. (TS 23.140, 8.7.8)
struct MM7Answer: Sendable, Equatable {
    var status: HTTPResponse.Status
    var envelope: Envelope
    var headers: HTTPFields = [:]

    init(to result: PostResult) {
        switch result {
        case .wrongMethod:
            self.init(.methodNotAllowed, faultFor: .unsupportedOperation, "MM7 is posted")
            headers[.allow] = "POST"
        case .unknownMMSC:
            self.init(.notFound, faultFor: .improperIdentification, "no MMSC is configured under this URL")
        case .refused(.address):
            self.init(.forbidden, faultFor: .serviceDenied, "this address may not post here")
        case .refused(.credentials):
            self.init(.unauthorized, faultFor: .improperIdentification, "the HTTP credentials are missing or wrong")
            headers[.wwwAuthenticate] = #"Basic realm="mm7", charset="UTF-8""#
        case .refused(.digest(let challenge)):
            self.init(.unauthorized, faultFor: .improperIdentification, "the HTTP credentials are missing or wrong")
            for field in challenge.fields { headers.append(HTTPField(name: .wwwAuthenticate, value: field)) }
        case .tooLarge(let limitBytes):
            self.init(
                .contentTooLarge, faultFor: .multimediaContentRefused, "the message is over \(limitBytes) bytes")
        case .noMemory, .backlog:
            self.init(.serviceUnavailable, faultFor: .serviceUnavailable, "there are too many messages at once")
        case .cutOff:
            self.init(.requestTimeout, faultFor: .serviceUnavailable, "the message did not come to its end in time")
        case .noRequest(.late):
            self.init(to: .cutOff)
        case .noRequest(let refusal):
            self.init(refusal.status, faultFor: .messageFormatCorrupt, refusal.text)
        case .late(let envelope):
            self.init(.serviceUnavailable, envelope.answer(ResponseStatus(.serviceUnavailable), side: .vasp))
        case .unreadable(let error):
            self.init(toUnreadable: error)
        case .unreadableKept(let error, let outcome):
            self.init(toKept: error, outcome)
        case .report(let envelope, let result):
            self.init(to: envelope, result)
        case .inbound(let envelope, let outcome):
            self.init(to: envelope, outcome)
        case .notTaken(let envelope):
            // An operation that has a response of its own is known, but not one that MMSCs may post here.
            self.init(.internalServerError, envelope.head.fault(ResponseStatus(.unsupportedOperation), side: .vasp))
        }
        if status == .serviceUnavailable { headers[.retryAfter] = Self.pause }
    }

    /// The pause for `Retry-After`, in seconds: an outage of a disk is seldom shorter, and MMSCs repeat for hours.
    private static let pause = "5"

    /// The operation's own response where the XML was whole and named one, else a fault.
    private init(toUnreadable error: MM7Error) {
        let no = ResponseStatus(error.statusCode, details: error.reason)
        if error.code != .notWellFormed, let response = error.head.response(no) {
            status = .ok
            envelope = response
        } else {
            status = error.code == .tooLarge ? .contentTooLarge : .badRequest
            envelope = error.head.fault(no, side: .vasp)
        }
    }

    /// A post that is kept unread is answered like the message that it may be, since a repetition would be no better.
    private init(toKept error: MM7Error, _ outcome: UnreadableKeeper.Result) {
        var head = error.head
        head.operation = MM7.Operation.deliverReq.rawValue
        switch outcome {
        case .kept:
            self.init(.ok, head.response(.success) ?? head.fault(.success, side: .vasp))
        case .full:
            self.init(toUnreadable: error)
        case .failed:
            let no = ResponseStatus(.serviceUnavailable)
            self.init(.serviceUnavailable, head.response(no) ?? head.fault(no, side: .vasp))
        }
    }

    private init(to request: Envelope, _ result: Result<ReportResult, StoreFailure>) {
        let status: ResponseStatus
        switch result {
        case .success(.applied), .success(.nothingNew), .success(.held):
            self.status = .ok
            status = .success
        case .success(.unknownMessage):
            self.status = .ok
            status = ResponseStatus(.messageIDNotFound)
        case .success(.unknownRecipient):
            self.status = .ok
            status = ResponseStatus(.addressNotFound)
        case .failure:
            // Both layers ask for a repetition, since some MMSCs read only one of them.
            self.status = .serviceUnavailable
            status = ResponseStatus(.serviceUnavailable)
        }
        // The answer to a DeliveryReportReq or a ReadReplyReq, each in its own form.
        envelope = request.answer(status, side: .vasp)
    }

    private init(to request: Envelope, _ outcome: IntakeResult) {
        let code: StatusCode
        var details: String?
        switch outcome {
        case .taken, .takenAnew, .quarantined, .repeated:
            code = .success
        case .noSender:
            code = .messageFormatCorrupt
            details = "Sender is missing"
        case .unknownRecipient:
            code = .addressNotFound
        case .failed:
            code = .serviceUnavailable
        }
        status = code == .serviceUnavailable ? .serviceUnavailable : .ok
        envelope = request.answer(ResponseStatus(code, details: details), side: .vasp)
    }

    private init(_ status: HTTPResponse.Status, _ envelope: Envelope) {
        self.status = status
        self.envelope = envelope
    }

    private init(_ status: HTTPResponse.Status, faultFor code: StatusCode, _ details: String) {
        self.status = status
        envelope = Envelope(
            transactionID: nil, body: .fault(Fault(ResponseStatus(code, details: details), side: .vasp)))
    }
}
