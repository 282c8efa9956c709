package import FoundationEssentials
import GatewayCore
import Synchronization

/// A clock on which every sleep is over at once and kept for the test to see; the time does not move.
package final class HastyClock: DomainClock {
    private let time: Date
    private let deadlines = Mutex<[Date]>([])

    package let isSettled: Bool

    package init(at time: Date, isSettled: Bool = true) {
        self.time = time
        self.isSettled = isSettled
    }

    /// Until when somebody slept, in order.
    package var sleeps: [Date] { deadlines.withLock { $0 } }

    package func now() -> Date { time }

    package func sleep(until deadline: Date) async throws {
        deadlines.withLock { $0.append(deadline) }
        try Task.checkCancellation()
    }
}
