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

    /// Removes rows in steps, so that the writer is not held up, until a step finds fewer than it may remove.
    ///
    /// - Parameter drop: removes so many at most, and returns how many it has removed.
    package static func inSteps(
        of step: Int, _ drop: (_ limit: Int) async throws(StoreFailure) -> Int
    ) async throws(StoreFailure) {
        while !Task.isCancelled {
            guard try await drop(step) == step else { return }
        }
    }

    private static let pause = Duration.seconds(3600)
}
