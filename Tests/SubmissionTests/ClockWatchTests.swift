import Foundation
import GatewayCore
import Synchronization
import Testing

@testable import Submission

@Suite("A clock that is set")
struct ClockWatchTests {
    private let start = Date(milliseconds: 1_790_000_000_000)

    /// Time as it passes, whatever a clock says.
    private final class Uptime: Sendable {
        private let passed = Mutex(Duration.zero)

        var now: Duration { passed.withLock { $0 } }
        func pass(_ time: Duration) { passed.withLock { $0 += time } }
    }

    private let uptime = Uptime()

    private func watch() -> ClockWatch { ClockWatch(now: start) { [uptime] in uptime.now } }

    @Test("time that passes is no jump, also when nobody looked for an hour")
    func passing() {
        let watch = watch()
        uptime.pass(.seconds(3600))

        #expect(watch.look(at: start + .seconds(3601)) == nil)
        #expect(!watch.holdsExpiry(at: start + .seconds(3601)))
    }

    @Test("set forward, nothing expires for five minutes")
    func forward() {
        let watch = watch()
        uptime.pass(.seconds(1))

        #expect(watch.holdsExpiry(at: start + .seconds(86_401)), "also before anybody looked")
        #expect(watch.look(at: start + .seconds(86_401)) == .seconds(86_400))
        #expect(watch.holdsExpiry(at: start + .seconds(86_401)))
        uptime.pass(.seconds(299))
        #expect(watch.look(at: start + .seconds(86_700)) == nil)
        #expect(watch.holdsExpiry(at: start + .seconds(86_700)))
        uptime.pass(.seconds(1))
        #expect(!watch.holdsExpiry(at: start + .seconds(86_701)))
    }

    @Test("set back, it is told by how much, and what was held is held no more")
    func back() {
        let watch = watch()
        _ = watch.look(at: start + .seconds(7200))
        uptime.pass(.seconds(1))

        #expect(watch.look(at: start + .seconds(1)) == .seconds(-7200))
        #expect(!watch.holdsExpiry(at: start + .seconds(1)))
    }
}
