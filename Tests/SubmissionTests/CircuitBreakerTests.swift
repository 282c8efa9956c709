import Foundation
import GatewayCore
import Testing

@testable import Submission

@Suite("Whether an MMSC is sent to")
struct CircuitBreakerTests {
    private static let some = "T1"
    private static let tried = "T2"
    private let now = Date(milliseconds: 1_790_000_000_000)
    private let limits: BreakerLimits = {
        var limits = BreakerLimits()
        limits.failures = 3
        limits.firstPause = .seconds(2)
        limits.lastPause = .seconds(10)
        limits.refusals = 2
        limits.refusedMessages = 4
        limits.repairPause = .seconds(300)
        return limits
    }()

    /// A breaker that took these signs, one each second.
    private func breaker(_ signs: CircuitBreaker.Sign...) -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for sign in signs { _ = breaker.record(sign, of: Self.some, limits, now: now) }
        return breaker
    }

    private func allowance(_ breaker: CircuitBreaker, after seconds: Int = 0) -> CircuitBreaker.Allowance {
        var breaker = breaker
        return breaker.allowance(limits, now: now + .seconds(seconds))
    }

    @Test("so many failures in a row open it, and fewer do not")
    func opens() {
        #expect(allowance(breaker(.unwell("x"), .unwell("x"))) == .all)
        #expect(allowance(breaker(.unwell("x"), .unwell("x"), .unwell("x"))) == .none(until: now + .seconds(2)))
    }

    @Test("an answer in between begins the count anew")
    func countsInARow() {
        #expect(allowance(breaker(.unwell("x"), .unwell("x"), .well, .unwell("x"), .unwell("x"))) == .all)
    }

    @Test("after the pause one message is tried, and no second one beside it")
    func oneTry() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))

        #expect(breaker.allowance(limits, now: now + .seconds(2)) == .one)
        breaker.beginTry(Self.tried)
        #expect(breaker.allowance(limits, now: now + .seconds(3)) == .none(until: now + .seconds(13)))
    }

    @Test("a try that succeeds closes it")
    func closes() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        _ = breaker.allowance(limits, now: now + .seconds(2))
        breaker.beginTry(Self.tried)

        let isChanged = breaker.record(.well, of: Self.tried, limits, now: now + .seconds(2))

        #expect(isChanged)
        #expect(breaker.state == .closed)
    }

    @Test("each try that fails doubles the pause, up to the last")
    func pauses() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        var time = now + .seconds(2)
        var pauses: [Double] = []
        for _ in 1...4 {
            #expect(breaker.allowance(limits, now: time) == .one)
            breaker.beginTry(Self.tried)
            _ = breaker.record(.unwell("x"), of: Self.tried, limits, now: time)
            guard case .open(let until, _) = breaker.state else { return #expect(Bool(false)) }
            pauses.append(until.since(time).seconds)
            time = until
        }

        #expect(pauses == [4, 8, 10, 10])
    }

    @Test("a try that never came to an exchange leaves room for another")
    func noExchange() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        _ = breaker.allowance(limits, now: now + .seconds(2))
        breaker.beginTry(Self.tried)
        breaker.endTry(Self.tried)

        #expect(breaker.allowance(limits, now: now + .seconds(3)) == .one)
    }

    @Test("refusals that want a repair open it for the repair's pause")
    func misconfigured() {
        let breaker = breaker(.misconfigured("who?"), .misconfigured("who?"))

        #expect(allowance(breaker) == .none(until: now + .seconds(300)))
        #expect(allowance(breaker, after: 300) == .one)
    }

    @Test("a change of the configuration is worth a try at once")
    func hurried() {
        var breaker = breaker(.misconfigured("who?"), .misconfigured("who?"))
        breaker.hurry()

        #expect(breaker.allowance(limits, now: now) == .one)
    }

    @Test("a reload is worth a try also beside one that began before and may hang")
    func hurriedBesideATry() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        _ = breaker.allowance(limits, now: now + .seconds(2))
        breaker.beginTry(Self.some)

        breaker.hurry()

        #expect(breaker.allowance(limits, now: now + .seconds(3)) == .one)
        breaker.beginTry(Self.tried)
        breaker.endTry(Self.some)
        #expect(breaker.allowance(limits, now: now + .seconds(3)) != .one)
    }

    private static let refused = CircuitBreaker.Sign.refused("2003", messages: 1)

    @Test("so many messages in a row refused for good stop the queue, whatever failed among them")
    func refusing() {
        #expect(allowance(breaker(Self.refused, Self.refused, Self.refused)) == .all)
        let stopped = breaker(Self.refused, .unwell("x"), Self.refused, .answered, Self.refused, Self.refused)

        #expect(allowance(stopped) == .none(until: now + .seconds(300)))
        #expect(allowance(stopped, after: 300) == .one)
    }

    @Test("one message that is taken begins the count anew")
    func takenAmongRefusals() {
        let breaker = breaker(Self.refused, Self.refused, Self.refused, .well, Self.refused, Self.refused, Self.refused)

        #expect(allowance(breaker) == .all)
    }

    @Test("a try that is refused too keeps the queue stopped, and one that is taken lets it go on")
    func triesAfterRefusals() {
        var breaker = breaker(Self.refused, Self.refused, Self.refused, Self.refused)
        #expect(breaker.allowance(limits, now: now + .seconds(300)) == .one)
        breaker.beginTry(Self.tried)
        _ = breaker.record(Self.refused, of: Self.tried, limits, now: now + .seconds(300))
        #expect(allowance(breaker, after: 301) == .none(until: now + .seconds(600)))

        #expect(breaker.allowance(limits, now: now + .seconds(600)) == .one)
        breaker.beginTry(Self.tried)
        _ = breaker.record(.well, of: Self.tried, limits, now: now + .seconds(600))
        #expect(breaker.state == .closed)
    }

    @Test("one request alone never stops the queue, however many messages it carries")
    func largeRequest() {
        let large = CircuitBreaker.Sign.refused("2004", messages: 100)

        #expect(allowance(breaker(large)) == .all)
        #expect(allowance(breaker(large, large)) != .all)
    }

    @Test("a message of which no request could be made says nothing of the MMSC, and a run of them stops the queue")
    func unmade() {
        let unmade = CircuitBreaker.Sign.unmade("no request could be made", messages: 1)
        var down = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        let before = down.allowance(limits, now: now + .seconds(2))
        down.beginTry(Self.tried)

        let isChanged = down.record(unmade, of: Self.tried, limits, now: now + .seconds(2))
        #expect(!isChanged)
        down.endTry(Self.tried)
        #expect(before == .one && allowance(down, after: 2) == .one)

        #expect(allowance(breaker(unmade, unmade, unmade)) == .all)
        #expect(allowance(breaker(unmade, unmade, unmade, unmade)) == .none(until: now + .seconds(300)))
    }

    @Test("refusals that were in flight when it stopped neither let it go on nor make the pause longer")
    func refusedStragglers() {
        let stopped = breaker(
            Self.refused, Self.refused, Self.refused, Self.refused, Self.refused, .answered, Self.refused)

        #expect(allowance(stopped) == .none(until: now + .seconds(300)))
    }

    @Test("what was in flight when it opened does not decide for the one that is tried")
    func othersDoNotDecide() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        _ = breaker.allowance(limits, now: now + .seconds(2))
        breaker.beginTry(Self.tried)

        let isChanged = breaker.record(.unwell("x"), of: Self.some, limits, now: now + .seconds(2))
        breaker.endTry(Self.some)

        #expect(!isChanged)
        #expect(breaker.allowance(limits, now: now + .seconds(2)) != .one)
    }

    @Test("one that is back and refuses has to refuse as often as ever before sending stops")
    func backAndRefusing() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"))
        _ = breaker.allowance(limits, now: now + .seconds(2))
        breaker.beginTry(Self.tried)

        _ = breaker.record(.misconfigured("who?"), of: Self.tried, limits, now: now + .seconds(2))
        #expect(breaker.state == .closed)
        _ = breaker.record(.misconfigured("who?"), of: Self.some, limits, now: now + .seconds(2))
        #expect(breaker.state != .closed)
    }

    @Test("what was in flight when it opened does not make the pause longer, and a late answer closes it")
    func stragglers() {
        var breaker = breaker(.unwell("x"), .unwell("x"), .unwell("x"), .unwell("x"), .unwell("x"))
        #expect(allowance(breaker) == .none(until: now + .seconds(2)))

        let isChanged = breaker.record(.well, of: Self.tried, limits, now: now)

        #expect(isChanged)
        #expect(allowance(breaker) == .all)
    }

    @Test("a clock that was set back does not keep it open for longer than the longest pause")
    func clockSetBack() {
        #expect(allowance(breaker(.unwell("x"), .unwell("x"), .unwell("x")), after: -3600) == .one)
    }
}
