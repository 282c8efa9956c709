import Foundation
import GatewayCore
import Synchronization

/// A clock that the test moves. Sleeps of up to six seconds are over at once, longer ones last until their task ends.
final class PatientClock: DomainClock {
    private let time: Mutex<Date>
    private let deadlines = Mutex<[Date]>([])
    /// Raised by every sleep that lasts.
    private let signal = Signal()

    init(at time: Date) {
        self.time = Mutex(time)
    }

    func now() -> Date { time.withLock { $0 } }

    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    /// Returns when somebody sleeps, or slept, until then.
    func wait(forSleepUntil deadline: Date) async {
        while !deadlines.withLock({ $0.contains(deadline) }) {
            await signal.wait(until: .distantFuture, clock: SteadyClock())
        }
    }

    func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        guard deadline.since(now()) > .seconds(6) else { return }
        deadlines.withLock { $0.append(deadline) }
        signal.raise()
        try await Task.sleep(for: .seconds(3600))
    }
}
