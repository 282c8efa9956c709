import Foundation
import GatewayCore
import Retention
import Testing

@Suite("The time by which something is removed")
struct TimeTrustTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)
    private let instant = ContinuousClock.now

    private func trust(newest: Date? = nil) -> Judge {
        Judge(trust: TimeTrust(now: start, at: instant, newest: newest))
    }

    @Test("it is trusted as long as it goes as the time that passes")
    func steady() {
        let trust = trust(newest: start - 60)

        for hour in 0..<1000 {
            let passed = Duration.seconds(hour * 3600)
            #expect(trust.trusts(start + passed + .seconds(hour % 7), at: instant + passed))
        }
    }

    @Test("after a jump of a year nothing is removed for a day, and then it is believed")
    func jump() {
        let trust = trust()
        let year = Duration.seconds(365 * 86_400)

        #expect(!trust.trusts(start + year, at: instant + .seconds(400)))
        #expect(!trust.trusts(start + year + .seconds(80_000), at: instant + .seconds(80_400)))
        #expect(trust.trusts(start + year + .seconds(86_400), at: instant + .seconds(86_800)))
        #expect(trust.trusts(start + year + .seconds(90_000), at: instant + .seconds(90_400)))
    }

    @Test("a clock that is put right is trusted at once")
    func putRight() {
        let trust = trust()

        #expect(!trust.trusts(start + .seconds(365 * 86_400), at: instant + .seconds(400)))
        #expect(trust.trusts(start + .seconds(4000), at: instant + .seconds(4000)))
    }

    @Test("a start long after the newest entry waits for a day, and one before it does not")
    func starts() {
        let long = trust(newest: start - 2 * 86_400)
        let short = trust(newest: start - 80_000)
        let ahead = trust(newest: start + 80_000)

        #expect(!long.trusts(start, at: instant))
        #expect(long.trusts(start + .seconds(86_400), at: instant + .seconds(86_400)))
        #expect(short.trusts(start, at: instant))
        #expect(ahead.trusts(start, at: instant))
    }
}

/// Expectations take no value that changes.
private final class Judge {
    private var trust: TimeTrust

    init(trust: TimeTrust) { self.trust = trust }

    func trusts(_ time: Date, at instant: MonotonicClock.Instant) -> Bool { trust.trusts(time, at: instant) }
}
