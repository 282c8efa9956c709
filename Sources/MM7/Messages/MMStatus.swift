/// The fate of a message at one recipient. (TS 23.140, mmDeliveryStatusType, and words that vendors added)
public enum MMStatus: Hashable, Sendable {
    /// The handset fetched the message.
    case retrieved
    case expired
    case rejected
    /// The network cannot tell.
    case indeterminate
    /// The recipient forwarded it unfetched or, at Sinch, the mobile network took it.
    case forwarded
    /// The handset knows of the message and has not fetched it yet. (R6)
    case deferred
    /// Handset or network cannot handle the content. (R6)
    case unrecognised
    /// The conditions for delivery were not met. (R6)
    case deliveryConditionNotMet
    case cancelled
    case replaced
    case delivered
    case processing
    case notSupported
    case unreachable
    /// Any other text, as it came. Do not guess a status from a part of it.
    case other(String)

    /// Reads a whole word in any letter case, or one of the numbers 0 to 5 of one vendor.
    public init(_ text: String) {
        self = Self.words[text.lowercased()] ?? .other(text)
    }

    /// Reads a value of MMS encapsulation, which one vendor sends as MMSStatusErrorCode. (X-Mms-Status, 128 to 135)
    init?(encapsulated text: String) {
        switch text {
        case "128": self = .expired
        case "129": self = .retrieved
        case "130": self = .rejected
        case "131": self = .deferred
        case "132": self = .unrecognised
        case "133": self = .indeterminate
        case "134": self = .forwarded
        case "135": self = .unreachable
        default: return nil
        }
    }

    public var wireName: String {
        switch self {
        case .retrieved: "Retrieved"
        case .expired: "Expired"
        case .rejected: "Rejected"
        case .indeterminate: "Indeterminate"
        case .forwarded: "Forwarded"
        case .deferred: "Deferred"
        case .unrecognised: "Unrecognised"
        case .deliveryConditionNotMet: "DeliveryConditionNotMet"
        case .cancelled: "Cancelled"
        case .replaced: "Replaced"
        case .delivered: "Delivered"
        case .processing: "Processing"
        case .notSupported: "NotSupported"
        case .unreachable: "Unreachable"
        case .other(let text): text
        }
    }

    private static let words: [String: MMStatus] = [
        "retrieved": .retrieved, "expired": .expired, "rejected": .rejected, "indeterminate": .indeterminate,
        "forwarded": .forwarded, "deferred": .deferred, "unrecognised": .unrecognised,
        "unrecognized": .unrecognised, "deliveryconditionnotmet": .deliveryConditionNotMet,
        "cancelled": .cancelled, "replaced": .replaced, "delivered": .delivered, "processing": .processing,
        "notsupported": .notSupported, "unreachable": .unreachable,
        "0": .expired, "1": .retrieved, "2": .rejected, "3": .rejected, "4": .indeterminate, "5": .forwarded,
    ]
}
