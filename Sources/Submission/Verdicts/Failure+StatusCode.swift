import GatewayCore
import MM7

extension MessageState.Failure {
    /// What a permanent refusal means to the customer.
    init(_ code: StatusCode, profile: Profile) {
        self = Self.reason(of: code, profile: profile) ?? Self.refusal(by: code, profile: profile)
    }

    /// What it means to the customer that the last of few tries ended with the code.
    init(lastOfTries code: StatusCode, profile: Profile) {
        self = Self.reason(of: code, profile: profile) ?? .triesUsedUp
    }

    /// What it means to the customer that the code came at every try until the tries were used up. Only Sinch has 3510.
    init(afterAllTries code: StatusCode) {
        self = code.rawValue == 3510 ? .rateLimited : .triesUsedUp
    }

    /// The reason that the code names. Sinch gives some codes another meaning than the specification, whatever
    /// dispositions the operator sets for them. 2550, 2551 and 3520 end a message only where the operator set that;
    /// otherwise the message waits for a repair.
    private static func reason(of code: StatusCode, profile: Profile) -> Self? {
        switch (code.rawValue, profile.name == Profile.sinch.name) {
        case (3001, true): .recipientBlocked
        case (3003, true): .mediaUnreachable
        case (2550, true): .senderInactive
        case (2551, true), (3520, true): .notProvisioned
        case (2004, _): .contentRejected
        default: nil
        }
    }

    /// What a code means where it refuses a message at once. After many tries it means only that the tries are used up.
    private static func refusal(by code: StatusCode, profile: Profile) -> Self {
        switch (code.rawValue, profile.name == Profile.sinch.name) {
        case (2560, true): .messageTooLarge
        case (2000, true), (2561...2564, true), (2568, true): .badConfiguration
        case (2002, _), (2003, _), (2502, true): .invalidRecipient
        default: .refusedByMMSC
        }
    }
}
