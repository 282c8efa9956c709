import Foundation
import GatewayCore
import Synchronization

/// A clock that the test moves. Sleeps of up to six seconds are over at once, longer ones last until their task ends.
final class PatientClock: WallClock {
    private let time: Mutex<Date>

    init(at time: Date) {
        self.time = Mutex(time)
    }

    func now() -> Date { time.withLock { $0 } }

    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        if deadline.since(now()) > .seconds(6) { try await Task.sleep(for: .seconds(3600)) }
    }
}
