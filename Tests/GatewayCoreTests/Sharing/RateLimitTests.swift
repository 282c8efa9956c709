import GatewayCore
import Testing

@Suite("A rate that is kept exactly")
struct RateLimitTests {
    private let start = Duration.seconds(1_000_000)

    @Test("over a minute the rate goes through, no more and no less", arguments: [1.0, 5, 12.5, 100, 2000])
    func minute(rate: Double) {
        var limit = RateLimit(now: start)
        var sent = 0

        for millisecond in stride(from: 0, through: 60_000, by: 5) {
            let permits = limit.available(perSecond: rate, now: start + .milliseconds(millisecond))
            limit.take(permits, perSecond: rate)
            sent += permits
        }

        #expect(abs(Double(sent) - rate * 60) <= 1)
    }

    @Test("what goes ten at a time goes no faster", arguments: [5.0, 100])
    func shared(rate: Double) {
        var limit = RateLimit(now: start)
        var sent = 0

        for millisecond in stride(from: 0, through: 60_000, by: 5)
        where limit.available(perSecond: rate, now: start + .milliseconds(millisecond)) > 0 {
            limit.take(10, perSecond: rate)
            sent += 10
        }

        #expect(abs(Double(sent) - rate * 60) <= 10)
    }

    @Test("an hour without traffic makes no burst")
    func burst() {
        var limit = RateLimit(now: start)

        #expect(limit.available(perSecond: 5, now: start + .seconds(3600)) == 1)
        #expect(limit.available(perSecond: 100, now: start + .seconds(7200)) == 11)
    }

    @Test("it says when the next permit comes")
    func nextPermit() {
        var limit = RateLimit(now: start)
        limit.take(limit.available(perSecond: 4, now: start), perSecond: 4)

        #expect(limit.nextPermit == start + .milliseconds(250))
    }
}

@Suite("The rates of many owners")
struct RateLimitsTests {
    private let start = Duration.seconds(1_000_000)

    @Test("each owner has its own, and what one has used up is not missed by another")
    func own() {
        var limits = RateLimits<String>()
        #expect(limits.available(to: "a", perSecond: 4, now: start) == 1)
        limits.take(of: "a")

        #expect(limits.available(to: "a", perSecond: 4, now: start) == 0)
        #expect(limits.available(to: "b", perSecond: 4, now: start) == 1)
    }

    @Test("the next permit is that of whoever gets one first, and nobody waits where all have one")
    func nextPermit() {
        var limits = RateLimits<String>()
        for (owner, rate) in [("a", 4.0), ("b", 10)] {
            _ = limits.available(to: owner, perSecond: rate, now: start)
            limits.take(of: owner)
        }

        #expect(limits.nextPermit(after: start) == start + .milliseconds(100))
        #expect(limits.nextPermit(after: start + .milliseconds(100)) == start + .milliseconds(250))
        #expect(limits.nextPermit(after: start + .seconds(1)) == nil)
    }

    @Test("an owner that has no rate is not counted, and one whose rate changes is counted by the new one")
    func change() {
        var limits = RateLimits<String>()
        limits.take(5, of: "a")
        #expect(limits.nextPermit(after: start) == nil)

        _ = limits.available(to: "a", perSecond: 1, now: start)
        _ = limits.available(to: "a", perSecond: 100, now: start)
        limits.take(of: "a")

        #expect(limits.nextPermit(after: start) == start + .milliseconds(10))
    }
}
