import FoundationEssentials
import GatewayCore
import MM7
import Telemetry

extension RetryPolicy {
    /// The most CancelReqs for one MessageID: after so many, the recipient has fetched the message or soon will.
    static let cancelTries = 5
    /// The pause before a CancelReq is repeated whose answer said nothing about the message.
    private static let pauseForRepair = Duration.seconds(30)

    /// What to record for a CancelReq after the exchange. A CancelReq that may have arrived is sent again: to repeat it
    /// does no harm.
    ///
    /// - Parameter jitter: 0 to 1; spreads the retries of requests that failed together.
    func result(
        of verdict: Verdict, for cancellation: Cancellation, now: Date, jitter: Double
    ) -> (CancellationResult, CancelOutcome) {
        switch verdict {
        case .accepted:
            return (.withdrawn, .cancelled)
        case .refused(_, .notPossible?, _):
            return (.stays, .tooLate)
        case .misconfigured(let code, _) where code.map(\.isAboutTheOperation) ?? false:
            return (.stays, .refused)
        case .refused, .split, .partlyAccepted:
            return (.stays, .refused)
        case .misconfigured, .unreachable:
            // The answer said nothing about the message: the CancelReq waits for a repair until the message is final.
            return (.waits(until: now + min(Self.pauseForRepair, lastDelay)), .again)
        case .transient, .doubtful, .answerLost, .uncertain:
            guard cancellation.tries < Self.cancelTries else { return (.stays, .gaveUp) }
            let pause = max(verdict.retryAfter ?? .zero, delay(cancellation.tries, jitter))
            return (.again(at: now + pause), .again)
        }
    }
}

extension StatusCode {
    /// Whether the code says that this MMSC takes back no messages, or none of ours.
    fileprivate var isAboutTheOperation: Bool {
        [.unsupportedOperation, .serviceDenied, .operationRestricted].contains(self)
    }
}

extension Verdict {
    /// What the answer to a CancelReq says about how the MMSC treats CancelReqs; it says nothing about how it treats
    /// messages. A message that can no longer be taken back is the ordinary case.
    var signOfCancellation: CircuitBreaker.Sign {
        switch sign(messages: 1) {
        case .refused, .unmade, .answered, .nothing, .well: .well
        case .misconfigured(let reason):
            if case .misconfigured(let code?, _) = self, code.isAboutTheOperation {
                .well
            } else {
                .misconfigured(reason)
            }
        case .unwell(let reason): .unwell(reason)
        }
    }

    var reason: String? {
        switch self {
        case .accepted: nil
        case .partlyAccepted(_, _, _, let reason), .split(_, let reason), .refused(_, _, let reason),
            .transient(_, let reason, _), .doubtful(_, let reason, _), .misconfigured(_, let reason),
            .unreachable(let reason), .answerLost(let reason), .uncertain(let reason, _):
            reason
        }
    }

    /// The MMSC's wish, if it named one.
    fileprivate var retryAfter: Duration? {
        switch self {
        case .transient(_, _, let retryAfter), .uncertain(_, let retryAfter): retryAfter
        default: nil
        }
    }
}
