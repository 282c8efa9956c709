package import FoundationEssentials
package import GatewayCore

/// Claims of one message, which most tests have to do with.
extension Claim {
    package init(
        message: Message.ID, batch: Batch.ID, recipient: MSISDN, mmsc: String, attempt: Int, isResend: Bool,
        expireAt: Date
    ) {
        self.init(
            of: Copy(message: message, recipient: recipient, attempt: attempt), batch: batch, mmsc: mmsc,
            isResend: isResend, expireAt: expireAt)
    }

    package var message: Message.ID { first.message }
    package var recipient: MSISDN { first.recipient }
    package var attempt: Int { first.attempt }
}

extension SubmissionQueue {
    /// Claims at an MMSC for a minute, while every MMSC of the tests is well.
    package func claims(
        at mmsc: String = "north", limit: Int = 1000, recipientsPerRequest: Int = 1,
        available: Set<String> = ["north", "south"], share: SubmissionShare = SubmissionShare(), now: Date,
        leaseUntil: Date? = nil
    ) async throws(StoreFailure) -> Claims {
        try await claimDue(
            ClaimRequest(
                mmsc: mmsc, limit: limit, recipientsPerRequest: recipientsPerRequest, available: available,
                share: share,
                now: now, leaseUntil: leaseUntil ?? now.addingTimeInterval(60)))
    }

    /// When the next message is due at an MMSC, or since when it is; nil when none waits for it.
    package func nextDue(at mmsc: String) async throws(StoreFailure) -> Date? {
        try await claims(at: mmsc, limit: 0, now: Date(timeIntervalSince1970: 0)).nextDue
    }
}
