import GatewayCore
import MM7

extension MessageState.Failure {
    /// What a permanent refusal means to the customer. Sinch gives some codes another meaning than the specification.
    init(_ code: StatusCode, profile: Profile) {
        self =
            switch (code.rawValue, profile.dispositions == .sinch) {
            case (3001, true): .refusedByNetwork
            case (3003, true): .badMedia
            case (2550, true): .accountBlocked
            case (2551, true), (3520, true): .notProvisioned
            case (2004, _): .badMedia
            default: .refusedByMMSC
            }
    }
}
