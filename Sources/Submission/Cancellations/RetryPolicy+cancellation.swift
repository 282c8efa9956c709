import FoundationEssentials
import GatewayCore
import MM7
import Telemetry

extension RetryPolicy {
    /// CancelReqs of one MessageID at most: who has the message by then has fetched it or will.
    static let cancelTries = 5

    /// What to record for a CancelReq after the exchange. One that may have arrived is sent again: it asks for the same.
    ///
    /// - Parameter jitter: 0 to 1; spreads what failed together.
    func outcome(
        of verdict: Verdict, for cancellation: Cancellation, now: Date, jitter: Double
    ) -> (CancellationOutcome, CancelOutcome) {
        switch verdict {
        case .accepted:
            return (.withdrawn, .cancelled)
        case .refused(_, .notPossible?, _):
            return (.stays, .tooLate)
        case .refused, .split, .partlyAccepted, .misconfigured(_?, _):
            return (.stays, .refused)
        case .transient, .doubtful, .misconfigured(nil, _), .answerLost:
            guard cancellation.tries < Self.cancelTries else { return (.stays, .gaveUp) }
            let wish: Duration? = if case .transient(_, _, let retryAfter) = verdict { retryAfter } else { nil }
            let pause = max(wish ?? .zero, delay(cancellation.tries, jitter))
            return (.again(at: now + pause), .again)
        }
    }
}

extension Verdict {
    /// What the answer to a CancelReq says of the MMSC. Whoever may not cancel may still submit.
    var signOfCancellation: CircuitBreaker.Sign {
        if case .misconfigured(_?, _) = self { .well } else { sign }
    }

    var reason: String? {
        switch self {
        case .accepted: nil
        case .partlyAccepted(_, _, _, let reason), .split(_, let reason), .refused(_, _, let reason),
            .transient(_, let reason, _), .doubtful(_, let reason), .misconfigured(_, let reason),
            .answerLost(let reason):
            reason
        }
    }
}
