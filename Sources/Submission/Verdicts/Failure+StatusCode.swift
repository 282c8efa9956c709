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

    /// What it means to the customer that the code came as often as a message is tried at all. 3510 is Sinch's alone.
    init(afterAllTries code: StatusCode) {
        self = code.rawValue == 3510 ? .rateLimited : .triesUsedUp
    }

    /// What the code says of the reason. Sinch gives some codes another meaning than the specification, whichever of
    /// their dispositions the operator changes. 2550, 2551 and 3520 end a message only where one does: they wait for a
    /// repair else.
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

    /// What a code says as a refusal alone: tried again and again it says no more than that the tries are used up.
    private static func refusal(by code: StatusCode, profile: Profile) -> Self {
        switch (code.rawValue, profile.name == Profile.sinch.name) {
        case (2560, true): .messageTooLarge
        case (2000, true), (2561...2564, true), (2568, true): .badConfiguration
        case (2002, _), (2003, _), (2502, true): .invalidRecipient
        default: .refusedByMMSC
        }
    }
}
