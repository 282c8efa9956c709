/// What identifies a message and the dialect it is in: all that an answer needs. (TS 23.140, 8.7.8.1)
///
/// For a message that could not be read, this holds what could be recognised.
public struct MessageHead: Sendable, Equatable {
    /// Pairs a response with its request; a response repeats it unchanged.
    public var transactionID: String?
    /// The name of the element in the SOAP Body.
    public var operation: String?
    /// The MM7 namespace of the operation.
    public var namespace: String?
    /// MM7Version.
    public var version: String?

    public init(
        transactionID: String? = nil, operation: String? = nil, namespace: String? = nil, version: String? = nil
    ) {
        self.transactionID = transactionID
        self.operation = operation
        self.namespace = namespace
        self.version = version
    }

    /// An answer in the namespace and version of the message, under its TransactionID.
    public func answer(_ body: Envelope.Body) -> Envelope {
        Envelope(transactionID: transactionID, namespace: namespace, version: version, body: body)
    }

    /// The response that belongs to the operation, with a status; nil for what has no response of its own.
    public func response(_ status: ResponseStatus) -> Envelope? {
        switch operation.flatMap({ Operation(named: $0) }) {
        case .submitReq: answer(.submitRsp(SubmitRsp(status: status)))
        case .deliverReq: answer(.deliverRsp(DeliverRsp(status: status)))
        case .deliveryReportReq: answer(.deliveryReportRsp(DeliveryReportRsp(status: status)))
        case .readReplyReq: answer(.readReplyRsp(ReadReplyRsp(status: status)))
        case .cancelReq: answer(.cancelRsp(CancelRsp(status: status)))
        case .replaceReq: answer(.replaceRsp(ReplaceRsp(status: status)))
        case .extendedCancelReq: answer(.extendedCancelRsp(ExtendedCancelRsp(status: status)))
        case .extendedReplaceReq: answer(.extendedReplaceRsp(ExtendedReplaceRsp(messageID: nil, status: status)))
        default: nil
        }
    }

    /// The fault with a status, as the side that found the error writes it.
    public func fault(_ status: ResponseStatus, side: Fault.Side) -> Envelope {
        answer(.fault(Fault(status, side: side)))
    }
}
