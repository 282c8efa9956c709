import CurlHTTP
import GatewayCore
import MM7

extension Exchange {
    /// The POST that carries a SubmitReq to an MMSC.
    static func request(
        _ submit: SubmitReq, _ content: EncodedContent, transactionID: String, to mmsc: MMSC
    ) throws(MM7Error) -> HTTPRequest {
        let message = try MessageWriter(profile: mmsc.profile)
            .write(submit, transactionID: transactionID, content: content)
        return request(message, to: mmsc)
    }

    /// The POST that carries a CancelReq to an MMSC.
    static func request(_ cancellation: Cancellation, to mmsc: MMSC) throws(MM7Error) -> HTTPRequest {
        let cancel = CancelReq(
            sender: SenderIdentification(
                vaspID: mmsc.vaspID, vasID: mmsc.vasID, address: cancellation.originator?.address),
            messageID: cancellation.messageID)
        let message = try MessageWriter(profile: mmsc.profile)
            .write(Envelope(transactionID: cancellation.transactionID, body: .cancelReq(cancel)))
        return request(message, to: mmsc)
    }

    private static func request(_ message: EncodedMessage, to mmsc: MMSC) -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: mmsc.url)
        request.headers = ["Content-Type": message.contentType]
        if !mmsc.profile.soapAction.isEmpty {
            request.headers.append(name: "SOAPAction", value: mmsc.profile.soapAction)
        }
        request.body = message.segments
        request.credentials = mmsc.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        request.timeout = mmsc.timeout
        request.responseLimitBytes = MMSCAnswer.limitBytes
        request.headLimitBytes = MMSCAnswer.limitBytes
        // Some answer so unasked.
        request.decodesBody = true
        // An answer is worth more than the form that it has.
        request.readsAmbiguousBody = true
        return request
    }
}
