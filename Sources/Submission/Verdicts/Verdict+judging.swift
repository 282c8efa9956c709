import CurlHTTP
import GatewayCore
import MM7

extension Verdict {
    /// Judges a response by the rule for clients: whatever the HTTP status, a body that is a SOAP envelope with a
    /// status decides; otherwise the HTTP status does. (TS 23.140, 8.7.8 and what MMSCs do)
    init(_ answer: MMSCAnswer, profile: Profile, to claim: Claim) {
        self.init(answer, profile, transactionID: claim.transactionID) { status, envelope in
            Verdict(status, in: envelope, retryAfter: answer.retryAfter, profile: profile, claim)
        }
    }

    /// Judges a response to CancelReq by the same rule.
    init(_ answer: MMSCAnswer, profile: Profile, to cancellation: Cancellation) {
        self.init(answer, profile, transactionID: cancellation.transactionID) { status, envelope in
            Verdict(status, in: envelope, retryAfter: answer.retryAfter, profile: profile, cancellation)
        }
    }

    private init(
        _ answer: MMSCAnswer, _ profile: Profile, transactionID: String,
        judging: (ResponseStatus, Envelope) -> Verdict
    ) {
        if profile.answersMustMatch, answer.names(anotherThan: transactionID) {
            self = .answerLost(reason: "the MMSC answered another TransactionID than it was asked")
        } else if let envelope = answer.envelope, let status = envelope.status {
            self = judging(status, envelope)
        } else if case .fault(let fault) = answer.envelope?.body, !Self.speaksForItself(answer.httpStatus) {
            self.init(fault)
        } else {
            self.init(httpStatus: answer.httpStatus, retryAfter: answer.retryAfter)
        }
    }

    /// Judges an exchange without a response.
    init(_ failure: HTTPFailure) {
        self =
            switch failure.kind {
            case _ where failure.requestMayHaveArrived: .answerLost(reason: failure.message)
            case .invalidURL, .invalidRequest, .refusedAddress: .misconfigured(nil, reason: failure.message)
            default: .unreachable(reason: failure.message)
            }
    }

    private init(
        _ status: ResponseStatus, in envelope: Envelope, retryAfter: Duration?, profile: Profile, _ claim: Claim
    ) {
        let reason = status.text ?? status.code.standardText
        let disposition = profile.disposition(of: status.code)
        switch disposition {
        case .accepted, .partlyAccepted:
            guard case .submitRsp(let response) = envelope.body else {
                self = .answerLost(reason: "the MMSC answered SubmitReq with \(envelope.operationName)")
                return
            }
            // Some MMSCs that gave no MessageID use the TransactionID in their reports.
            let messageID = response.messageID ?? claim.transactionID
            let untaken = disposition == .partlyAccepted ? Self.untaken(of: claim, by: status.details) : []
            self =
                untaken.isEmpty
                ? .accepted(messageID: messageID, status.code)
                : .partlyAccepted(messageID: messageID, status.code, untaken: untaken, reason: reason)
        case .permanent where !claim.others.isEmpty && Self.blamesOneAddress(status.code):
            self = .split(status.code, reason: reason)
        case .split where !claim.others.isEmpty:
            self = .split(status.code, reason: reason)
        case .permanent, .split:
            self = .refused(MessageState.Failure(status.code, profile: profile), status.code, reason: reason)
        case .retry:
            self = .transient(status.code, reason: reason, retryAfter: retryAfter)
        case .retryLimited:
            self = .doubtful(
                status.code, reason: reason,
                failure: MessageState.Failure(lastOfTries: status.code, profile: profile))
        case .fixConfiguration:
            self = .misconfigured(status.code, reason: reason)
        }
    }

    private init(
        _ status: ResponseStatus, in envelope: Envelope, retryAfter: Duration?, profile: Profile,
        _ cancellation: Cancellation
    ) {
        let reason = status.text ?? status.code.standardText
        switch profile.disposition(of: status.code) {
        case .accepted:
            guard case .cancelRsp = envelope.body else {
                self = .answerLost(reason: "the MMSC answered CancelReq with \(envelope.operationName)")
                return
            }
            self = .accepted(messageID: cancellation.messageID, status.code)
        // Some of the recipients get the message; only their reports say which ones.
        case .partlyAccepted, .permanent, .split:
            self = .refused(.refusedByMMSC, status.code, reason: reason)
        case .retry:
            self = .transient(status.code, reason: reason, retryAfter: retryAfter)
        case .retryLimited:
            self = .doubtful(status.code, reason: reason)
        case .fixConfiguration:
            self = .misconfigured(status.code, reason: reason)
        }
    }

    /// Whether the code, in the answer to a request with several recipients, says that one of them is bad but not
    /// which.
    private static func blamesOneAddress(_ code: StatusCode) -> Bool {
        [.addressError, .addressNotFound].contains(code)
    }

    /// The recipients that the details of a partial success name: those that were not taken. None where the request has
    /// only one recipient. (TS 23.140, 8.7.8.3)
    private static func untaken(of claim: Claim, by details: String?) -> Set<String> {
        guard let details, !claim.others.isEmpty else { return [] }
        let numbers = details.split { !$0.isASCII || !$0.isNumber }.map(String.init).filter { $0.count >= 7 }
        let untaken = claim.copies.map(\.recipient.digits).filter { digits in
            numbers.contains { $0 == digits || $0.count >= 9 && digits.suffix(9) == $0.suffix(9) }
        }
        // A list of all recipients would mean no success at all, so it cannot be such a list.
        return untaken.count < claim.copies.count ? Set(untaken) : []
    }
}
