import FoundationEssentials
import GatewayCore
import MM7
import Telemetry

extension RetryPolicy {
    /// CancelReqs of one MessageID at most: who has the message by then has fetched it or will.
    static let cancelTries = 5
    /// Before one is sent again about which nothing was said.
    private static let pauseForRepair = Duration.seconds(30)

    /// What to record for a CancelReq after the exchange. One that may have arrived is sent again: it asks for the same.
    ///
    /// - Parameter jitter: 0 to 1; spreads what failed together.
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
            // Nothing was said of the message: it waits for a repair, as long as it is not final.
            return (.waits(until: now + min(Self.pauseForRepair, lastDelay)), .again)
        case .transient, .doubtful, .answerLost, .uncertain:
            guard cancellation.tries < Self.cancelTries else { return (.stays, .gaveUp) }
            let pause = max(verdict.retryAfter ?? .zero, delay(cancellation.tries, jitter))
            return (.again(at: now + pause), .again)
        }
    }
}

extension StatusCode {
    /// Whether it says that messages are not taken back here, or not for us.
    fileprivate var isAboutTheOperation: Bool {
        [.unsupportedOperation, .serviceDenied, .operationRestricted].contains(self)
    }
}

extension Verdict {
    /// What the answer to a CancelReq says of the MMSC's way with CancelReqs; of that with messages it says nothing. A
    /// message that cannot be taken back any more is the ordinary case.
    var signOfCancellation: CircuitBreaker.Sign {
        switch sign(messages: 1) {
        case .refused, .unmade, .answered, .well: .well
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
