/// One SubmitReq of a message and what came of it, for the history.
package struct EndedAttempt: Sendable, Equatable {
    package let number: Int
    package let mmsc: String
    package let event: MessageEvent
    /// Whether it was sent though one before it may have arrived.
    package let isResend: Bool
    package var statusCode: Int?
    package var statusText: PeerText?
    package var answer: String?

    /// - Returns: nil for a claim that was released, which was no attempt.
    package init?(_ outcome: Outcome, of copy: Claim.Copy, in claim: Claim) {
        let event = outcome.event(of: copy)
        guard event != .released else { return nil }
        number = copy.attempt
        mmsc = claim.mmsc
        self.event = event
        isResend = claim.isResend && outcome.isSent
        statusCode = outcome.statusCode
        statusText = outcome.words ?? outcome.statusText
        answer = outcome.answer
    }

    /// The attempt of which nothing is known but that its lease has ended.
    package init(endedLeaseOf message: StoredMessage) {
        number = message.attempts
        mmsc = message.mmsc ?? ""
        event = .leaseEnded
        isResend = message.mayHaveArrived
    }
}
