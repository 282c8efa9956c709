import GatewayCore
import MM7

extension Verdict {
    /// What it says of the MMSC.
    var sign: CircuitBreaker.Sign {
        switch self {
        case .accepted, .partlyAccepted, .split, .refused: .well
        case .transient(_, let reason, _), .doubtful(_, let reason), .answerLost(let reason): .unwell(reason)
        case .misconfigured(_, let reason): .misconfigured(reason)
        }
    }

    /// Whether there is no more to say than that it was taken.
    var isPlainSuccess: Bool {
        if case .accepted(_, .success) = self { true } else { false }
    }

    /// With the peer's words made fit to be kept and logged.
    func presentable(from mmsc: MMSC) -> Verdict {
        func fit(_ text: String) -> String { PeerWords.presentable(text, from: mmsc) }
        return switch self {
        case .accepted: self
        case .partlyAccepted(let messageID, let code, let untaken, let reason):
            .partlyAccepted(messageID: messageID, code, untaken: untaken, reason: fit(reason))
        case .split(let code, let reason): .split(code, reason: fit(reason))
        case .refused(let failure, let code, let reason): .refused(failure, code, reason: fit(reason))
        case .transient(let code, let reason, let pause): .transient(code, reason: fit(reason), retryAfter: pause)
        case .doubtful(let code, let reason): .doubtful(code, reason: fit(reason))
        case .misconfigured(let code, let reason): .misconfigured(code, reason: fit(reason))
        case .answerLost(let reason): .answerLost(reason: fit(reason))
        }
    }
}
