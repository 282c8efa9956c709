import FoundationEssentials
import GatewayCore
import MM7

/// When a message that was not accepted is tried again, and when it is not tried any more.
package struct RetryPolicy: Sendable, Equatable {
    /// The most SubmitReqs for one message.
    package var maxTries: Int
    /// The pause after the first try; it doubles after each further one.
    package var firstDelay: Duration
    package var lastDelay: Duration

    package init(maxTries: Int, firstDelay: Duration, lastDelay: Duration) {
        self.maxTries = maxTries
        self.firstDelay = firstDelay
        self.lastDelay = lastDelay
    }

    /// The tries after answers that may mean a duplicate, or that promise little.
    private static let fewTries = 3

    /// The tries after lost answers. An MMSC that takes each request and answers too late delivers a copy for each, so
    /// they are few; they are enough to outlast a disturbance of some minutes.
    private static let triesOfLostAnswers = 8

    /// The attempts in doubt at an MMSC that seems to be down, but may have taken each of them. With the usual delays
    /// they last for hours.
    private static let attemptsInOutage = 40

    /// What to record for a claim after the exchange.
    ///
    /// - Parameters:
    ///   - lastSuccess: when the MMSC last took any message; nil where it took none since the start.
    ///   - jitter: 0 to 1; spreads the retries of messages that failed together.
    func result(
        of verdict: Verdict, for claim: Claim, onLostAnswer: MMSC.OnLostAnswer, lastSuccess: Date? = nil, now: Date,
        jitter: Double
    ) -> SubmissionResult {
        switch verdict {
        case .accepted(let messageID, let code):
            return SubmissionResult(.accepted(messageID: messageID), statusCode: code.rawValue)
        case .partlyAccepted(let messageID, let code, let untaken, let reason):
            // The recipients that were not taken get a request each, to learn why.
            var result = SubmissionResult(
                .accepted(messageID: messageID), dueAt: now, statusCode: code.rawValue, statusText: PeerText(reason))
            for copy in claim.copies where untaken.contains(copy.recipient.digits) {
                result.exceptions[copy.message] = .postponed
            }
            return result
        case .split(let code, let reason):
            var result = SubmissionResult(
                .postponed, dueAt: now, statusCode: code.rawValue, statusText: PeerText(reason))
            result.isTry = false
            result.isSplit = true
            return result
        case .refused(let failure, let code, let reason):
            return SubmissionResult(.refused(failure), statusCode: code?.rawValue, statusText: PeerText(reason))
        case .transient(nil, let reason, let retryAfter):
            // An MMSC that has not read the message says nothing about it.
            return waiting(claim, atLeast: retryAfter, now: now, jitter: jitter, statusCode: nil, reason: reason)
        case .transient(let code?, let reason, let retryAfter):
            return again(
                claim, tries: maxTries, endingWith: MessageState.Failure(afterAllTries: code),
                after: max(retryAfter ?? .zero, delay(claim.first.tries, jitter)), now: now,
                statusCode: code.rawValue, reason: reason)
        case .unreachable(let reason):
            return waiting(claim, now: now, jitter: jitter, statusCode: nil, reason: reason)
        case .doubtful(let code, let reason, let failure):
            return again(
                claim, tries: min(Self.fewTries, maxTries), endingWith: failure,
                after: delay(claim.first.tries, jitter),
                now: now, statusCode: code?.rawValue, reason: reason)
        case .misconfigured(let code, let reason):
            return waiting(claim, now: now, jitter: jitter, statusCode: code?.rawValue, reason: reason)
        case .answerLost(let reason):
            guard onLostAnswer == .resend, claim.first.tries < min(Self.triesOfLostAnswers, maxTries) else {
                return SubmissionResult(.gaveUp, statusText: PeerText(reason))
            }
            return inDoubt(claim, after: delay(claim.first.tries, jitter), now: now, reason: reason)
        case .uncertain(let reason, let retryAfter):
            return uncertain(
                claim, onLostAnswer, lastSuccess: lastSuccess, retryAfter: retryAfter ?? .zero, now: now,
                jitter: jitter, reason: reason)
        }
    }

    /// Where the MMSC takes no messages at all, it is down and did not take this one either: the message outlasts the
    /// outage. Where it took another message since the last attempt, this message is what makes it fail, perhaps after
    /// it has been taken: that counts as a lost answer.
    private func uncertain(
        _ claim: Claim, _ onLostAnswer: MMSC.OnLostAnswer, lastSuccess: Date?, retryAfter: Duration, now: Date,
        jitter: Double, reason: String
    ) -> SubmissionResult {
        let pause = max(retryAfter, delay(claim.first.attempt, jitter))
        let takesOthers =
            lastSuccess.map { success in
                // A time in the future means that the clock was set back.
                success <= now && now.since(success) < max(retryAfter, delay(claim.first.attempt - 1, 0))
            } ?? false
        let goesOn =
            takesOthers
            ? claim.first.tries < min(Self.triesOfLostAnswers, maxTries)
            : claim.doubts + 1 < min(Self.attemptsInOutage, maxTries)
        guard onLostAnswer == .resend, goesOn else { return SubmissionResult(.gaveUp, statusText: PeerText(reason)) }
        var result = inDoubt(claim, after: pause, now: now, reason: reason)
        result.isTry = takesOthers
        return result
    }

    /// The result where the MMSC may have the message: the same request is sent once more.
    private func inDoubt(_ claim: Claim, after pause: Duration, now: Date, reason: String) -> SubmissionResult {
        SubmissionResult(.answerLost, dueAt: due(claim, after: pause, now: now), statusText: PeerText(reason))
    }

    /// The result where somebody has to act first, or the connection has to come back. The message is not to blame: it
    /// waits until it expires.
    ///
    /// - Parameter pause: the pause that the MMSC asked for, if it did.
    private func waiting(
        _ claim: Claim, atLeast pause: Duration? = nil, now: Date, jitter: Double, statusCode: Int?, reason: String
    ) -> SubmissionResult {
        var result = again(
            claim, tries: .max, after: max(pause ?? .zero, delay(claim.first.attempt, jitter)), now: now,
            statusCode: statusCode, reason: reason)
        result.isTry = false
        return result
    }

    private func again(
        _ claim: Claim, tries: Int, endingWith failure: MessageState.Failure = .triesUsedUp, after pause: Duration,
        now: Date, statusCode: Int?, reason: String
    ) -> SubmissionResult {
        guard claim.first.tries < tries else {
            return SubmissionResult(.abandoned(failure), statusCode: statusCode, statusText: PeerText(reason))
        }
        return SubmissionResult(
            .postponed, dueAt: due(claim, after: pause, now: now), statusCode: statusCode, statusText: PeerText(reason))
    }

    /// When the message is due again: when it expires at the latest, so that the next claim finds it expired.
    private func due(_ claim: Claim, after pause: Duration, now: Date) -> Date {
        min(now + pause, max(claim.expireAt, now))
    }

    /// Doubles from the first delay to the last; the jitter takes up to a quarter off.
    func delay(_ attempt: Int, _ jitter: Double) -> Duration {
        min(firstDelay * (1 << min(max(attempt - 1, 0), 20)), lastDelay) * (1 - jitter / 4)
    }
}

extension Duration {
    fileprivate static func * (duration: Duration, factor: Double) -> Duration { .seconds(duration.seconds * factor) }
}
