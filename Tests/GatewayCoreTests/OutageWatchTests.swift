import Doubles
import GatewayCore
import Testing

@Suite("What is logged of an outage")
struct OutageWatchTests {
    private let clock = HandClock()
    private let watch: OutageWatch

    init() {
        watch = OutageWatch(clock: clock.clock)
    }

    @Test("its beginning is logged at once, and its end with how long it lasted")
    func beginningAndEnd() {
        #expect(watch.succeeded() == nil)
        #expect(watch.failed() == 0)
        clock.pass(.seconds(7))
        #expect(watch.failed() == nil)

        #expect(watch.succeeded() == .seconds(7))
        #expect(watch.succeeded() == nil)
    }

    @Test("while it lasts one failure in half a minute is logged, and how many were not")
    func flood() {
        var told: [Int] = []
        for _ in 0..<900 {
            if let untold = watch.failed() { told.append(untold) }
            clock.pass(.milliseconds(100))
        }

        #expect(told == [0, 299, 299])
    }

    @Test("one that comes and goes is logged no more often")
    func flapping() {
        var told = 0
        for _ in 0..<100 {
            if watch.failed() != nil { told += 1 }
            if watch.succeeded() != nil { told += 1 }
            clock.pass(.milliseconds(100))
        }

        #expect(told == 2)
    }
}
