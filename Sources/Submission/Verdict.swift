import CurlHTTP
import GatewayCore
import MM7

/// What one exchange with an MMSC means for the message.
enum Verdict: Sendable, Equatable {
    /// The MMSC took it; reports will name it so.
    case accepted(messageID: String, StatusCode)
    /// The same request would get the same answer.
    case refused(MessageState.Failure, StatusCode?, reason: String)
    /// Nothing was accepted; a later attempt may succeed. `retryAfter` is the MMSC's wish, if it named one.
    case transient(StatusCode?, reason: String, retryAfter: Duration?)
    /// As transient, but worth few tries only.
    case doubtful(StatusCode?, reason: String)
    /// Nothing was accepted, and nothing will be until somebody repairs the account or the configuration.
    case misconfigured(StatusCode?, reason: String)
    /// The request may have arrived and the answer did not.
    case answerLost(reason: String)
}

extension Verdict {
    /// Judges a response by the rule for clients: whatever the HTTP status, a body that is a SOAP envelope with a
    /// status decides; otherwise the HTTP status does. (TS 23.140, 8.7.8 and what MMSCs do)
    ///
    /// - Parameter transactionID: stands in for a MessageID that a success lacks: some MMSCs report under it.
    init(_ response: HTTPResponse, profile: Profile, transactionID: String) {
        let contentType = response.headers.first(named: "Content-Type")
        let received = try? MessageReader().read(response.body[...], contentType: contentType)
        if let envelope = received?.envelope, let status = envelope.status {
            self.init(status, in: envelope, profile: profile, transactionID: transactionID)
        } else if case .fault(let fault) = received?.envelope.body {
            self.init(fault)
        } else {
            self.init(httpStatus: response.status, retryAfter: response.retryAfter)
        }
    }

    /// Judges an exchange without a response.
    init(_ failure: HTTPFailure) {
        self =
            switch failure.kind {
            case _ where failure.requestMayHaveArrived: .answerLost(reason: failure.message)
            case .invalidURL, .invalidRequest, .refusedAddress: .misconfigured(nil, reason: failure.message)
            default: .transient(nil, reason: failure.message, retryAfter: nil)
            }
    }

    private init(_ status: ResponseStatus, in envelope: Envelope, profile: Profile, transactionID: String) {
        let reason = status.text ?? status.code.standardText
        switch profile.disposition(of: status.code) {
        case .accepted, .partlyAccepted:
            // One recipient per request: a part that was accepted is the whole.
            guard case .submitRsp(let response) = envelope.body else {
                self = .answerLost(reason: "the MMSC answered SubmitReq with \(envelope.operationName)")
                return
            }
            self = .accepted(messageID: response.messageID ?? transactionID, status.code)
        case .permanent, .split:
            self = .refused(MessageState.Failure(status.code, profile: profile), status.code, reason: reason)
        case .retry:
            self = .transient(status.code, reason: reason, retryAfter: nil)
        case .retryLimited:
            self = .doubtful(status.code, reason: reason)
        case .fixConfiguration:
            self = .misconfigured(status.code, reason: reason)
        }
    }

    /// A fault without a status says only whose fault it is. (SOAP 1.1, 4.4.1)
    private init(_ fault: Fault) {
        let reason = fault.string ?? "SOAP fault \(fault.code)"
        let isOurs = fault.code.split(separator: ":").last?.hasPrefix("Client") ?? false
        self = isOurs ? .refused(.refusedByMMSC, nil, reason: reason) : .doubtful(nil, reason: reason)
    }

    private init(httpStatus: Int, retryAfter: Duration?) {
        let reason = "HTTP \(httpStatus) without a readable MM7 answer"
        self =
            switch httpStatus {
            case 200..<300: .answerLost(reason: reason)
            case 401, 403, 407, 300..<400: .misconfigured(nil, reason: reason)
            case 408, 425, 429, 500...: .transient(nil, reason: reason, retryAfter: retryAfter)
            default: .refused(.refusedByMMSC, nil, reason: reason)
            }
    }
}

extension MessageState.Failure {
    /// What a permanent refusal means to the customer. Sinch gives some codes another meaning than the specification.
    init(_ code: StatusCode, profile: Profile) {
        self =
            switch (code.rawValue, profile.dispositions == .sinch) {
            case (3001, true): .refusedByNetwork
            case (3003, true): .badMedia
            case (2550, true): .accountBlocked
            case (2551, true), (3520, true): .notProvisioned
            case (2004, _): .badMedia
            default: .refusedByMMSC
            }
    }
}

extension HTTPResponse {
    /// Seconds of `Retry-After`; a date is not worth the trouble, since the back-off serves as well. (RFC 9110, 10.2.3)
    fileprivate var retryAfter: Duration? {
        headers.first(named: "Retry-After").flatMap { Int($0) }.map { .seconds(max(0, min($0, 86_400))) }
    }
}
