import Testing

@testable import Submission

@Suite("The rate of one MMSC")
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
