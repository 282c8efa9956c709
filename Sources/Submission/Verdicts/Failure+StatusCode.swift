import GatewayCore
import MM7

extension MessageState.Failure {
    /// What a permanent refusal means to the customer.
    init(_ code: StatusCode, profile: Profile) {
        self = profile.reasons[code].map(Self.init) ?? .refusedByMMSC
    }

    /// What it means to the customer that the last of few tries ended with the code.
    init(lastOfTries code: StatusCode, profile: Profile) {
        self = profile.reasons[code].flatMap { $0.outlastsTries ? Self($0) : nil } ?? .triesUsedUp
    }

    /// What it means to the customer that the code came at every try until the tries were used up. Only Sinch has 3510.
    init(afterAllTries code: StatusCode) {
        self = code.rawValue == 3510 ? .rateLimited : .triesUsedUp
    }

    private init(_ reason: RefusalReason) {
        self =
            switch reason {
            case .invalidRecipient: .invalidRecipient
            case .recipientBlocked: .recipientBlocked
            case .contentRejected: .contentRejected
            case .messageTooLarge: .messageTooLarge
            case .mediaUnreachable: .mediaUnreachable
            case .senderInactive: .senderInactive
            case .notProvisioned: .notProvisioned
            case .badConfiguration: .badConfiguration
            }
    }
}

extension RefusalReason {
    /// Whether it stays the reason after the last of few tries. The others mean something only where the code refuses a
    /// message at once; after several tries they mean only that the tries are used up.
    fileprivate var outlastsTries: Bool {
        switch self {
        case .recipientBlocked, .contentRejected, .mediaUnreachable, .senderInactive, .notProvisioned: true
        case .invalidRecipient, .messageTooLarge, .badConfiguration: false
        }
    }
}
