import GatewayCore
import MM7

extension MessageState.Failure {
    /// What a permanent refusal means to the customer.
    init(_ code: StatusCode, profile: Profile) {
        self = Self.told(by: code, profile: profile) ?? .refusedByMMSC
    }

    /// What it means to the customer that the last of few tries ended with the code.
    init(lastOfTries code: StatusCode, profile: Profile) {
        self = Self.told(by: code, profile: profile) ?? .triesUsedUp
    }

    /// What the code says of the reason. Sinch gives some codes another meaning than the specification, whichever of
    /// their dispositions the operator changes. 2550, 2551 and 3520 end a message only where one does: they wait for a
    /// repair else.
    private static func told(by code: StatusCode, profile: Profile) -> Self? {
        switch (code.rawValue, profile.name == Profile.sinch.name) {
        case (3001, true): .refusedByNetwork
        case (3003, true): .badMedia
        case (2550, true): .accountBlocked
        case (2551, true), (3520, true): .notProvisioned
        case (2004, _): .badMedia
        default: nil
        }
    }
}
