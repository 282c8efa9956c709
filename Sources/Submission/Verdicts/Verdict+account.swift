import GatewayCore
import MM7

/// Answers to messages that were sent with an app's own account: the customer has to repair it, and not the operator.
extension Verdict {
    /// The verdict where the account is what has to be repaired: it is final for the message, which nobody but its
    /// customer can help. An address or a method that is wrong stays the operator's.
    func judgingAccount(httpStatus: Int) -> Verdict {
        guard case .misconfigured(let code, let reason) = self, code != nil || [401, 403].contains(httpStatus) else {
            return self
        }
        return .refused(.badConfiguration, code, reason: reason)
    }

    /// What the verdict says about the MMSC: nothing, where it refuses messages of an app's own account.
    func sign(messages: Int, at mmsc: MMSC) -> CircuitBreaker.Sign {
        if mmsc.hasAccountOfApp, case .refused = self { return .nothing }
        return sign(messages: messages)
    }

    /// The same of the answer to a CancelReq.
    func signOfCancellation(at mmsc: MMSC) -> CircuitBreaker.Sign {
        if mmsc.hasAccountOfApp, case .refused(.badConfiguration, _, _) = self { return .nothing }
        return signOfCancellation
    }
}
