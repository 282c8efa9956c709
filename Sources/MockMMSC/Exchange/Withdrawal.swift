import HTTPTypes
import MM7

/// A CancelReq as it was received.
struct Withdrawal: Sendable {
    let head: MessageHead
    let messageID: String
    /// For the journal.
    let received: ReceivedWithdrawal

    /// Nil for a post that is no CancelReq: a submission has parts, or asks for something else.
    init?(
        _ body: ReceivedBody, headers: HTTPFields, _ configuration: MockMMSC.Configuration
    ) throws(Violation) {
        guard headers[.contentType]?.lowercased().hasPrefix("text/xml") == true else { return nil }
        switch configuration.checks {
        case .strict:
            guard let envelope = try? StrictEnvelope(body.bytes[...]), envelope.operation.name == "CancelReq" else {
                return nil
            }
            let request = try StrictCancelReq(envelope.operation, headers: headers, vaspID: configuration.vaspID)
            head = MessageHead(
                transactionID: envelope.transactionID, operation: "CancelReq", namespace: envelope.namespace,
                version: request.version)
            messageID = request.messageID
        case .light:
            guard LightScan.has("CancelReq", in: body.bytes[...]) else { return nil }
            guard let transactionID = LightScan.text(of: "TransactionID", in: body.bytes[...]) else {
                throw .transactionID("there is no TransactionID")
            }
            guard let messageID = LightScan.text(of: "MessageID", in: body.bytes[...]) else {
                throw Violation(.validationError, "MessageID is missing")
            }
            head = MessageHead(transactionID: transactionID, operation: "CancelReq")
            self.messageID = messageID
        }
        received = ReceivedWithdrawal(
            messageID: messageID, requestID: HTTPField.Name("X-Request-Id").flatMap { headers[$0] },
            traceParent: HTTPField.Name("traceparent").flatMap { headers[$0] })
    }

    func answer(_ status: ResponseStatus) -> Envelope { head.answer(.cancelRsp(CancelRsp(status: status))) }
}
