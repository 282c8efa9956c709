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
