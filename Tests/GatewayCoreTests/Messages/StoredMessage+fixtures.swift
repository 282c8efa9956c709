import Foundation
import GatewayCore

extension Date {
    static let noon = Date(timeIntervalSince1970: 1_800_000_000)
}

extension ULID {
    /// A small number in the place of an identifier.
    static func number(_ number: UInt64) -> ULID { ULID(high: 0, low: number) }
}

extension StoredMessage {
    /// One that was given to `north`.
    static func given(
        _ number: UInt64 = 1, to recipient: String = "12025550101", _ state: MessageState = .submitting,
        attempts: Int = 1, mayHaveArrived: Bool = false, sharedRequest: String? = nil, isWithdrawn: Bool = false
    ) -> StoredMessage {
        StoredMessage(
            id: .number(number), batch: .number(0), recipient: recipient, carriers: Carriers("north south"),
            mmsc: "north", state: state, attempts: attempts, mayHaveArrived: mayHaveArrived,
            sharedRequest: sharedRequest, subscription: Subscription(owner: 1), isWithdrawn: isWithdrawn)
    }

    /// A claim of it alone, of its last attempt unless another is named.
    func claim(attempt: Int? = nil, isResend: Bool = false) -> Claim {
        Claim(
            of: Claim.Copy(
                message: id, recipient: MSISDN(storedDigits: recipient), attempt: attempt ?? attempts),
            batch: batch, mmsc: "north", isResend: isResend, expireAt: .noon + 3600)
    }

    func applying(_ outcome: SubmissionResult, of claim: Claim? = nil) throws(StoreFailure) -> MessageChange? {
        let claim = claim ?? self.claim()
        return try applying(outcome, to: claim.first, of: claim, now: .noon)
    }
}
