/// The operations of MM7 by the names of their elements. (TS 23.140, 8.7)
///
/// More operations may be added; treat one you do not know like one that you do not take.
public enum Operation: String, Sendable, Hashable, CaseIterable {
    case submitReq = "SubmitReq"
    case submitRsp = "SubmitRsp"
    case deliverReq = "DeliverReq"
    case deliverRsp = "DeliverRsp"
    case deliveryReportReq = "DeliveryReportReq"
    case deliveryReportRsp = "DeliveryReportRsp"
    case readReplyReq = "ReadReplyReq"
    case readReplyRsp = "ReadReplyRsp"
    case cancelReq = "CancelReq"
    case cancelRsp = "CancelRsp"
    case replaceReq = "ReplaceReq"
    case replaceRsp = "ReplaceRsp"
    case extendedCancelReq = "extendedCancelReq"
    case extendedCancelRsp = "extendedCancelRsp"
    case extendedReplaceReq = "extendedReplaceReq"
    case extendedReplaceRsp = "extendedReplaceRsp"
    case rsErrorRsp = "RSErrorRsp"
    case vaspErrorRsp = "VASPErrorRsp"
    /// Not an operation of MM7, but a possible answer to one. (SOAP 1.1, 4.4)
    case fault = "Fault"
}

extension Operation {
    /// The operation with the name of an element, letter case ignored.
    init?(named name: String) {
        guard let operation = Operation(rawValue: name) ?? Self.byLowercasedName[name.lowercased()] else { return nil }
        self = operation
    }

    private static let byLowercasedName = Dictionary(
        allCases.map { ($0.rawValue.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
}

extension Envelope.Body {
    /// The operation in the body; nil for `unknown`.
    public var operation: Operation? {
        switch self {
        case .submitReq: .submitReq
        case .submitRsp: .submitRsp
        case .deliverReq: .deliverReq
        case .deliverRsp: .deliverRsp
        case .deliveryReportReq: .deliveryReportReq
        case .deliveryReportRsp: .deliveryReportRsp
        case .readReplyReq: .readReplyReq
        case .readReplyRsp: .readReplyRsp
        case .cancelReq: .cancelReq
        case .cancelRsp: .cancelRsp
        case .replaceReq: .replaceReq
        case .replaceRsp: .replaceRsp
        case .extendedCancelReq: .extendedCancelReq
        case .extendedCancelRsp: .extendedCancelRsp
        case .extendedReplaceReq: .extendedReplaceReq
        case .extendedReplaceRsp: .extendedReplaceRsp
        case .rsErrorRsp: .rsErrorRsp
        case .vaspErrorRsp: .vaspErrorRsp
        case .fault: .fault
        case .unknown: nil
        }
    }
}
