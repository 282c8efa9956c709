/// One MM7 message without its content: the TransactionID and one operation. (TS 23.140, 8.7.8.1)
public struct Envelope: Sendable, Equatable {
    /// Pairs a response with its request; a response repeats it unchanged.
    public var transactionID: String?
    /// The MM7 namespace of the operation as it came; nil to write the profile's.
    public var namespace: String?
    /// The MM7Version as it came; nil to write the profile's.
    public var version: String?
    public var body: Body

    public init(transactionID: String?, namespace: String? = nil, version: String? = nil, body: Body) {
        self.transactionID = transactionID
        self.namespace = namespace
        self.version = version
        self.body = body
    }

    /// The child of the SOAP Body. More operations may be added; treat one you do not know like `unknown`.
    public enum Body: Sendable, Equatable {
        case submitReq(SubmitReq)
        case submitRsp(SubmitRsp)
        case deliverReq(DeliverReq)
        case deliverRsp(DeliverRsp)
        case deliveryReportReq(DeliveryReportReq)
        case deliveryReportRsp(DeliveryReportRsp)
        case readReplyReq(ReadReplyReq)
        case readReplyRsp(ReadReplyRsp)
        case cancelReq(CancelReq)
        case cancelRsp(CancelRsp)
        case replaceReq(ReplaceReq)
        case replaceRsp(ReplaceRsp)
        case extendedCancelReq(ExtendedCancelReq)
        case extendedCancelRsp(ExtendedCancelRsp)
        case extendedReplaceReq(ExtendedReplaceReq)
        case extendedReplaceRsp(ExtendedReplaceRsp)
        case rsErrorRsp(ErrorRsp)
        case vaspErrorRsp(ErrorRsp)
        case fault(Fault)
        /// An operation that this library does not read; it is to be answered with 4003.
        case unknown(name: String)
    }

    public var head: MessageHead {
        MessageHead(transactionID: transactionID, operation: operationName, namespace: namespace, version: version)
    }

    /// An answer to this message: its TransactionID, in its namespace and version.
    public func answer(_ body: Body) -> Envelope { head.answer(body) }

    /// The response that belongs to this request, with a status; a fault for what has no response of its own.
    public func answer(_ status: ResponseStatus, side: Fault.Side) -> Envelope {
        head.response(status) ?? head.fault(status, side: side)
    }
}

extension Envelope {
    /// The status of any response, fault or error form; nil for requests, and for a fault without detail.
    public var status: ResponseStatus? {
        switch body {
        case .submitRsp(let response): response.status
        case .deliverRsp(let response): response.status
        case .deliveryReportRsp(let response): response.status
        case .readReplyRsp(let response): response.status
        case .cancelRsp(let response): response.status
        case .replaceRsp(let response): response.status
        case .extendedCancelRsp(let response): response.status
        case .extendedReplaceRsp(let response): response.status
        case .rsErrorRsp(let error), .vaspErrorRsp(let error): error.status
        case .fault(let fault): fault.error?.status
        case .submitReq, .deliverReq, .deliveryReportReq, .readReplyReq, .cancelReq, .replaceReq, .extendedCancelReq,
            .extendedReplaceReq, .unknown:
            nil
        }
    }

    /// The name of the element in the SOAP Body.
    public var operationName: String {
        if case .unknown(let name) = body { name } else { body.operation?.rawValue ?? "" }
    }
}

extension Envelope.Body {
    /// Where the content is, for the operations that may have content: SubmitReq, DeliverReq and the two that replace.
    ///
    /// Setting it in any other operation does nothing.
    var content: ContentReference? {
        get {
            switch self {
            case .submitReq(let request): request.content
            case .deliverReq(let request): request.content
            case .replaceReq(let request): request.content
            case .extendedReplaceReq(let request): request.content
            default: nil
            }
        }
        set {
            switch self {
            case .submitReq(var request):
                request.content = newValue
                self = .submitReq(request)
            case .deliverReq(var request):
                request.content = newValue
                self = .deliverReq(request)
            case .replaceReq(var request):
                request.content = newValue
                self = .replaceReq(request)
            case .extendedReplaceReq(var request):
                request.content = newValue
                self = .extendedReplaceReq(request)
            default: return
            }
        }
    }
}
