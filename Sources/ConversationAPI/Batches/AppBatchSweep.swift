import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle

/// Removes batches of apps whose end is longer ago than their retention, at the start and then each hour.
package struct AppBatchSweep: Service {
    private let store: any AppBatchStore
    private let retention: Duration
    private let clock: any DomainClock
    private let logger: Logger

    /// - Parameter retention: the time from a batch's end to its removal.
    package init(store: any AppBatchStore, retention: Duration, clock: any DomainClock, logger: Logger) {
        self.store = store
        self.retention = retention
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await clock.settled()
                while !Task.isCancelled {
                    do throws(StoreFailure) {
                        try await sweep()
                    } catch {
                        logger.error("Old batches of apps could not be removed", metadata: ["error": "\(error)"])
                    }
                    try await clock.sleep(until: clock.now() + Self.pause)
                }
            } catch {
                return  // cancelled
            }
        }
    }

    /// Removes old batches in steps, so that the writer is not held up.
    package func sweep() async throws(StoreFailure) {
        let limit = clock.now() + (.zero - retention)
        while !Task.isCancelled {
            guard try await store.dropAppBatches(endedBefore: limit, limit: Self.step) == Self.step else { return }
        }
    }

    private static let pause = Duration.seconds(3600)
    private static let step = 500
}
