import CurlHTTP
import GatewayCore
import MM7

/// The POST that carries the SubmitReq of a claim to an MMSC, made of the claim and its batch's content alone.
struct SubmitRequest: Sendable {
    private let bare: HTTPRequest
    /// Under which it is sent; nil where its batch has none.
    let trace: Trace?

    /// Nil where a placeholder has no value for a recipient.
    ///
    /// - Throws: `MM7Error` where the content or the configuration makes no message.
    init?(of claim: Claim, _ content: BatchContent, to mmsc: MMSC) throws(MM7Error) {
        guard let submit = content.request(for: claim.copies.map(\.recipient), at: mmsc),
            let encoded = try content.encoded(for: claim.first.recipient, profile: mmsc.profile)
        else { return nil }
        try self.init(submit, encoded, transactionID: claim.transactionID, to: mmsc, in: content.trace)
    }

    init(
        _ submit: SubmitReq, _ content: EncodedContent, transactionID: String, to mmsc: MMSC, in trace: Trace? = nil
    ) throws(MM7Error) {
        self.trace = trace
        bare = HTTPRequest(
            posting: try MessageWriter(profile: mmsc.profile)
                .write(submit, transactionID: transactionID, content: content), to: mmsc)
    }

    /// As it is sent under its own trace.
    var http: HTTPRequest { http(in: trace) }

    /// As it is sent under a trace.
    func http(in trace: Trace?) -> HTTPRequest { bare.under(trace) }
}

/// The POST that carries a CancelReq to an MMSC.
struct CancelRequest: Sendable {
    private let bare: HTTPRequest

    /// - Throws: `MM7Error` for a MessageID that cannot be written, or an MMSC that takes no CancelReq.
    init(_ cancellation: Cancellation, to mmsc: MMSC) throws(MM7Error) {
        let cancel = CancelReq(
            sender: SenderIdentification(
                vaspID: mmsc.vaspID, vasID: mmsc.vasID, address: cancellation.originator?.address),
            messageID: cancellation.messageID)
        bare = HTTPRequest(
            posting: try MessageWriter(profile: mmsc.profile)
                .write(Envelope(transactionID: cancellation.transactionID, body: .cancelReq(cancel))), to: mmsc)
    }

    /// As it is sent under a trace.
    func http(in trace: Trace?) -> HTTPRequest { bare.under(trace) }
}

extension HTTPRequest {
    fileprivate func under(_ trace: Trace?) -> HTTPRequest {
        var request = self
        request.headers += trace?.headers ?? []
        return request
    }

    fileprivate init(posting message: EncodedMessage, to mmsc: MMSC) {
        self.init(method: .post, url: mmsc.url)
        headers = ["Content-Type": message.contentType]
        if !mmsc.profile.soapAction.isEmpty { headers.append(name: "SOAPAction", value: mmsc.profile.soapAction) }
        body = message.segments
        credentials = mmsc.login.map { BasicCredentials(username: $0.username, password: $0.password.reveal()) }
        authentication = mmsc.authentication == .digest ? .digest : .basic
        trust = mmsc.trust
        timeout = mmsc.timeout
        responseLimitBytes = MMSCAnswer.limitBytes
        headLimitBytes = MMSCAnswer.limitBytes
        // Some MMSCs compress their answers unasked.
        decodesBody = true
        // What the answer says matters more than whether its form is correct.
        readsAmbiguousBody = true
    }
}
