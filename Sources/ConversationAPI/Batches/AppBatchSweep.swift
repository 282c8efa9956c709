import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

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
        await HourlySweep.run(by: clock) {
            do throws(StoreFailure) {
                try await sweep()
            } catch {
                logger.error("Old batches of apps could not be removed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Removes old batches in steps, so that the writer is not held up.
    package func sweep() async throws(StoreFailure) {
        let end = clock.now() + (.zero - retention)
        try await HourlySweep.inSteps(of: Self.step) { (limit) throws(StoreFailure) in
            try await store.dropAppBatches(endedBefore: end, limit: limit)
        }
    }

    private static let step = 500
}
