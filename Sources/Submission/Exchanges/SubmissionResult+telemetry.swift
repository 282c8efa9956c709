import GatewayCore
import Telemetry

extension SubmissionResult {
    /// Counts what came of a claim, message by message.
    ///
    /// - Parameter verdict: on the exchange; nil where there was none.
    func count(of claim: Claim, by verdict: Verdict?, in mmscTelemetry: MMSCTelemetry) {
        for copy in claim.copies {
            let event = exceptions[copy.message] ?? event
            guard let outcome = SubmissionOutcome(event, by: verdict) else { continue }
            mmscTelemetry.attempted(outcome)
            // Both are counted: the lost answer, and the message that was given up because of it.
            if outcome == .gaveUp, verdict?.leavesDoubt ?? false { mmscTelemetry.attempted(.answerLost) }
            if isLast(event) { mmscTelemetry.settled(tries: copy.attempt) }
        }
    }

    private func isLast(_ event: MessageEvent) -> Bool {
        switch event {
        case .accepted, .refused, .gaveUp, .abandoned: true
        default: false
        }
    }
}

extension SubmissionOutcome {
    /// Nil where the event is no outcome of an attempt.
    fileprivate init?(_ event: MessageEvent, by verdict: Verdict?) {
        switch (event, verdict) {
        case (.abandoned(.triesUsedUp), _): self = .triesUsedUp
        case (.gaveUp, _): self = .gaveUp
        case (.abandoned(.expiredInQueue), _): self = .expired
        case (.abandoned, _): self = .notMade
        case (_, .accepted): self = .accepted
        case (.accepted, .partlyAccepted): self = .partial
        case (_, .partlyAccepted), (_, .split), (_, .transient), (_, .unreachable): self = .transient
        case (_, .refused): self = .refused
        case (_, .doubtful): self = .doubtful
        case (_, .misconfigured): self = .misconfigured
        case (_, .answerLost), (_, .uncertain): self = .answerLost
        case (_, nil): return nil
        }
    }
}
