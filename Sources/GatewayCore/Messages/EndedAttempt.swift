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
    package init?(_ result: SubmissionResult, of copy: Claim.Copy, in claim: Claim) {
        let event = result.event(of: copy)
        guard event != .released else { return nil }
        number = copy.attempt
        mmsc = claim.mmsc
        self.event = event
        isResend = claim.isResend && result.isSent
        statusCode = result.statusCode
        statusText = result.words ?? result.statusText
        answer = result.answer
    }

    /// The attempt of which nothing is known but that its lease has ended.
    package init(endedLeaseOf message: StoredMessage) {
        number = message.attempts
        mmsc = message.mmsc ?? ""
        event = .leaseEnded
        isResend = message.mayHaveArrived
    }
}
