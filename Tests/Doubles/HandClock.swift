package import GatewayCore
import Synchronization

/// A monotonic clock that the test sets; who sleeps by it waits until then.
package final class HandClock: Sendable {
    private let time = Mutex(ContinuousClock.now)

    package init() {}

    package var now: ContinuousClock.Instant { time.withLock { $0 } }
    package func pass(_ duration: Duration) { time.withLock { $0 += duration } }

    package var clock: MonotonicClock {
        MonotonicClock(now: { self.now }) { deadline in
            while self.now < deadline {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }
}
