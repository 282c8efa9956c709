import Doubles
import Foundation
import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("When a message is tried again")
struct RetryPolicyTests {
    private let now = Date(milliseconds: 1_790_000_000_000)
    private let policy = RetryPolicy(maxTries: 5, firstDelay: .seconds(2), lastDelay: .seconds(60))

    private func claim(
        attempt: Int = 1, isResend: Bool = false, doubts: Int = 0, expiresIn: Duration = .seconds(3600)
    ) throws -> Claim {
        let copy = Claim.Copy(
            message: ULID(high: 1, low: 1), recipient: try #require(MSISDN("15550100001")), attempt: attempt)
        return Claim(
            of: copy, batch: ULID(high: 1, low: 0), mmsc: "north", isResend: isResend, doubts: doubts,
            expireAt: now + expiresIn)
    }

    private func outcome(
        _ verdict: Verdict, _ claim: Claim, onLostAnswer: MMSC.OnLostAnswer = .resend, lastSuccess: Date? = nil,
        jitter: Double = 0
    ) -> SubmissionResult {
        policy.result(
            of: verdict, for: claim, onLostAnswer: onLostAnswer, lastSuccess: lastSuccess, now: now, jitter: jitter)
    }

    @Test(
        "the pause doubles from the first delay to the last",
        arguments: [(1, 2), (2, 4), (3, 8), (4, 16)])
    func backOff(attempt: Int, seconds: Int) throws {
        let outcome = outcome(
            .transient(.serviceUnavailable, reason: "busy", retryAfter: nil), try claim(attempt: attempt))

        #expect(
            outcome
                == SubmissionResult(.postponed, dueAt: now + .seconds(seconds), statusCode: 4006, statusText: "busy"))
    }

    @Test("jitter takes up to a quarter off the pause")
    func jitter() throws {
        let outcome = outcome(.transient(.serviceUnavailable, reason: "busy", retryAfter: nil), try claim(), jitter: 1)

        #expect(outcome.dueAt == now + .milliseconds(1500))
    }

    @Test("a pause that the MMSC asked for is kept when it is longer")
    func retryAfter() throws {
        let outcome = outcome(.transient(.serviceUnavailable, reason: "busy", retryAfter: .seconds(30)), try claim())

        #expect(outcome.dueAt == now + .seconds(30))
    }

    @Test("after the last try the message is aborted")
    func triesUsedUp() throws {
        let outcome = outcome(.transient(.serviceUnavailable, reason: "busy", retryAfter: nil), try claim(attempt: 5))

        #expect(outcome == SubmissionResult(.abandoned(.triesUsedUp), statusCode: 4006, statusText: "busy"))
    }

    @Test("no pause reaches beyond the message's expiry")
    func expiry() throws {
        let outcome = outcome(
            .misconfigured(nil, reason: "HTTP 401"), try claim(attempt: 3, expiresIn: .seconds(5)))

        #expect(outcome.event == .postponed)
        #expect(outcome.dueAt == now + .seconds(5))
    }

    @Test("a lost answer is in doubt, and the MMSC's rule decides whether the request is repeated")
    func lostAnswer() throws {
        let verdict = Verdict.answerLost(reason: "timed out")

        #expect(
            outcome(verdict, try claim())
                == SubmissionResult(.answerLost, dueAt: now + .seconds(2), statusText: "timed out"))
        #expect(
            outcome(verdict, try claim(), onLostAnswer: .fail) == SubmissionResult(.gaveUp, statusText: "timed out"))
    }

    @Test("a request is not repeated without end after lost answers")
    func lostAnswersEnd() throws {
        let policy = RetryPolicy(maxTries: 500, firstDelay: .seconds(2), lastDelay: .seconds(60))
        let outcomes = try (1...8).map { attempt in
            policy.result(
                of: .answerLost(reason: "timed out"), for: try claim(attempt: attempt, isResend: attempt > 1),
                onLostAnswer: .resend, now: now, jitter: 0)
        }

        #expect(outcomes.map(\.event) == Array(repeating: .answerLost, count: 7) + [.gaveUp])
    }

    @Test("what may have been taken before somebody said that something went wrong is in doubt, by the MMSC's rule")
    func uncertain() throws {
        let verdict = Verdict.uncertain(reason: "HTTP 502", retryAfter: .seconds(30))

        let early = outcome(verdict, try claim())
        #expect(early.event == .answerLost)
        #expect(early.dueAt == now + .seconds(30))
        let final = outcome(verdict, try claim(), onLostAnswer: .fail)
        #expect(final == SubmissionResult(.gaveUp, statusText: "HTTP 502"))
        let late = outcome(.uncertain(reason: "HTTP 502", retryAfter: .seconds(86_400)), try claim())
        #expect(late.dueAt == now + .seconds(3600))
    }

    @Test("an outage that answers all so uses up no tries, lasts for hours, and then nobody knows")
    func outage() throws {
        let policy = RetryPolicy(maxTries: 500, firstDelay: .seconds(2), lastDelay: .seconds(60))
        let outcomes = try (1...40).map { attempt in
            policy.result(
                of: .uncertain(reason: "HTTP 502", retryAfter: nil),
                for: try claim(attempt: 60 + attempt, isResend: attempt > 1, doubts: attempt - 1),
                onLostAnswer: .resend, lastSuccess: now + .seconds(-3600), now: now, jitter: 0)
        }

        #expect(outcomes.map(\.event) == Array(repeating: .answerLost, count: 39) + [.gaveUp])
        #expect(outcomes.dropLast().map(\.isTry) == Array(repeating: false, count: 39))
    }

    @Test("after an outage in which nothing arrived the first answer in doubt is not the last")
    func afterAnOutage() throws {
        let outcome = outcome(
            .uncertain(reason: "HTTP 502", retryAfter: nil), try claim(attempt: 60), lastSuccess: now + .seconds(3600))

        #expect(outcome.event == .answerLost)
        #expect(!outcome.isTry)
    }

    @Test("an MMSC that takes others and stumbles over one message may have taken it each time")
    func stumbling() throws {
        let policy = RetryPolicy(maxTries: 500, firstDelay: .seconds(2), lastDelay: .seconds(60))
        let outcomes = try (1...8).map { attempt in
            policy.result(
                of: .uncertain(reason: "HTTP 500", retryAfter: nil),
                for: try claim(attempt: attempt, isResend: attempt > 1), onLostAnswer: .resend,
                lastSuccess: now + .seconds(-1), now: now, jitter: 0)
        }

        #expect(outcomes.map(\.event) == Array(repeating: .answerLost, count: 7) + [.gaveUp])
        #expect(outcomes.dropLast().map(\.isTry) == Array(repeating: true, count: 7))
    }

    @Test("a request that was turned away before anybody read it uses up no tries")
    func turnedAway() throws {
        let outcome = outcome(
            .transient(nil, reason: "HTTP 503", retryAfter: .seconds(120)), try claim(attempt: 400))

        #expect(outcome.event == .postponed)
        #expect(!outcome.isTry)
        #expect(outcome.dueAt == now + .seconds(120))
    }

    @Test("a refusal that only a repair changes uses up no tries")
    func repair() throws {
        let outcome = outcome(.misconfigured(.improperIdentification, reason: "who?"), try claim(attempt: 400))

        #expect(outcome.event == .postponed)
        #expect(!outcome.isTry)
    }

    @Test("an MMSC that cannot be reached uses up no tries: nothing was sent, and the message may wait out its time")
    func unreachable() throws {
        let outcome = outcome(.unreachable(reason: "connection refused"), try claim(attempt: 400))

        #expect(outcome.event == .postponed)
        #expect(!outcome.isTry)
        #expect(outcome.dueAt == now + .seconds(60))
    }

    @Test("a code that promises little gets three tries")
    func fewTries() throws {
        let verdict = Verdict.doubtful(StatusCode(rawValue: 4000), reason: "general service error")

        #expect(outcome(verdict, try claim(attempt: 2)).event == .postponed)
        #expect(outcome(verdict, try claim(attempt: 3)).event == .abandoned(.triesUsedUp))
    }

    @Test("where the last of all tries was too fast, the message ends with that")
    func rateLimited() throws {
        let verdict = Verdict.transient(StatusCode(rawValue: 3510), reason: "slow down", retryAfter: nil)

        #expect(outcome(verdict, try claim(attempt: 1000)).event == .abandoned(.rateLimited))
    }

    @Test("one that says why ends the message with that")
    func fewTriesAndReason() throws {
        let verdict = Verdict.doubtful(StatusCode(rawValue: 3003), reason: "no picture", failure: .mediaUnreachable)

        #expect(outcome(verdict, try claim(attempt: 2)).event == .postponed)
        #expect(outcome(verdict, try claim(attempt: 3)).event == .abandoned(.mediaUnreachable))
    }
}
