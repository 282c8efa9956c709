package import GatewayCore
import ServiceLifecycle

/// The removal of what is kept long enough, which is in no hurry.
package enum HourlySweep {
    /// Sweeps at the start, once the clock is settled, and then each hour, until the gateway stops. A sweep may be
    /// cancelled in the middle: the next start makes a whole one.
    package static func run(by clock: any DomainClock, _ sweep: @escaping @Sendable () async -> Void) async {
        await cancelWhenGracefulShutdown {
            do {
                try await clock.settled()
                while !Task.isCancelled {
                    await sweep()
                    try await clock.sleep(until: clock.now() + pause)
                }
            } catch {
                return  // cancelled
            }
        }
    }

    /// Removes rows in steps, so that the writer is not held up, until a step finds fewer than it may remove. The first
    /// is small; the next are larger as long as a step is short.
    ///
    /// - Parameters:
    ///   - most: the most rows of a step.
    ///   - drop: removes so many at most, and returns how many it has removed.
    package static func inSteps(
        of most: Int, by clock: MonotonicClock = .system, _ drop: (_ limit: Int) async throws(StoreFailure) -> Int
    ) async throws(StoreFailure) {
        var limit = min(least, most)
        while !Task.isCancelled {
            let start = clock.now
            guard try await drop(limit) == limit else { return }
            let work = clock.now - start
            limit = work > longestStep ? max(limit / 2, min(least, most)) : min(limit * 2, most)
            do {
                try await clock.sleep(until: clock.now + min(work * 9, longestPause))
            } catch {
                return  // cancelled
            }
        }
    }

    /// The rows of the first step, which are few for any disk.
    private static let least = 32
    /// A step that took longer is followed by a smaller one.
    private static let longestStep = Duration.milliseconds(10)
    /// A pause is nine times as long as its step, which may have waited for others, so not longer than this.
    private static let longestPause = Duration.milliseconds(100)

    private static let pause = Duration.seconds(3600)
}
