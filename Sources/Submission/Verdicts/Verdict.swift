import GatewayCore
import MM7

/// What one exchange with an MMSC means for the message.
enum Verdict: Sendable, Equatable {
    /// The MMSC took it; reports will name this MessageID.
    case accepted(messageID: String, StatusCode)
    /// The MMSC took the message for some of the recipients, and says which numbers it did not take.
    case partlyAccepted(messageID: String, StatusCode, untaken: Set<String>, reason: String)
    /// Nothing was accepted: each recipient has to have a request of its own.
    case split(StatusCode, reason: String)
    /// The same request would get the same answer.
    case refused(MessageState.Failure, StatusCode?, reason: String)
    /// Nothing was accepted; a later attempt may succeed. `retryAfter` is the pause that the MMSC asked for, if it did.
    case transient(StatusCode?, reason: String, retryAfter: Duration?)
    /// Nothing was sent: there is no way to the MMSC now. That is no fault of the message.
    case unreachable(reason: String)
    /// As transient, but worth few tries only. `failure` is what the message ends with after the last of them.
    case doubtful(StatusCode?, reason: String, failure: MessageState.Failure = .triesUsedUp)
    /// Nothing was accepted, and nothing will be until somebody repairs the account or the configuration.
    case misconfigured(StatusCode?, reason: String)
    /// The request may have arrived and the answer did not.
    case answerLost(reason: String)
    /// Some server on the way says that something went wrong, but not where: the message may have been taken before.
    /// `retryAfter` is as in `transient`.
    case uncertain(reason: String, retryAfter: Duration?)
}
