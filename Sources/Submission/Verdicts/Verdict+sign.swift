import GatewayCore
import MM7

extension Verdict {
    /// What the verdict says about the MMSC.
    ///
    /// - Parameter messages: how many the request had.
    func sign(messages: Int) -> CircuitBreaker.Sign {
        switch self {
        case .accepted, .partlyAccepted: .well
        case .split: .answered
        case .refused(_, let code, let reason): .refused(Self.words(code, reason), messages: messages)
        case .transient(let code, let reason, _), .doubtful(let code, let reason, _): .unwell(Self.words(code, reason))
        case .unreachable(let reason), .answerLost(let reason), .uncertain(let reason, _): .unwell(reason)
        case .misconfigured(let code, let reason): .misconfigured(Self.words(code, reason))
        }
    }

    /// The code, where there is one, and what was said with it.
    private static func words(_ code: StatusCode?, _ reason: String) -> String {
        code.map { "\($0.rawValue) \(reason)" } ?? reason
    }

    /// Whether the message was taken and there is nothing more to say.
    var isPlainSuccess: Bool {
        if case .accepted(_, .success) = self { true } else { false }
    }

    /// Whether the MMSC took the message, or some of its recipients.
    var isTaken: Bool {
        switch self {
        case .accepted, .partlyAccepted: true
        case .split, .refused, .transient, .unreachable, .doubtful, .misconfigured, .answerLost, .uncertain: false
        }
    }

    /// Whether the MMSC may have taken the message without saying so.
    var leavesDoubt: Bool {
        switch self {
        case .answerLost, .uncertain: true
        case .accepted, .partlyAccepted, .split, .refused, .transient, .unreachable, .doubtful, .misconfigured: false
        }
    }

    /// The verdict with the peer's words made fit to be kept and logged.
    func presentable(from mmsc: MMSC) -> Verdict {
        func fit(_ text: String) -> String { PeerWords.presentable(text, from: mmsc) }
        return switch self {
        case .accepted: self
        case .partlyAccepted(let messageID, let code, let untaken, let reason):
            .partlyAccepted(messageID: messageID, code, untaken: untaken, reason: fit(reason))
        case .split(let code, let reason): .split(code, reason: fit(reason))
        case .refused(let failure, let code, let reason): .refused(failure, code, reason: fit(reason))
        case .transient(let code, let reason, let pause): .transient(code, reason: fit(reason), retryAfter: pause)
        case .unreachable(let reason): .unreachable(reason: fit(reason))
        case .doubtful(let code, let reason, let failure): .doubtful(code, reason: fit(reason), failure: failure)
        case .misconfigured(let code, let reason): .misconfigured(code, reason: fit(reason))
        case .answerLost(let reason): .answerLost(reason: fit(reason))
        case .uncertain(let reason, let pause): .uncertain(reason: fit(reason), retryAfter: pause)
        }
    }
}
