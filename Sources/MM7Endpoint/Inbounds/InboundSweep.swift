import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Removes inbound messages that are older than their retention, at the start and then each hour.
package struct InboundSweep: Service {
    private let store: any InboundStore
    private let retention: Duration
    private let clock: any DomainClock
    private let logger: Logger

    /// "Kept about 14 days", as the vendor keeps them.
    package static let usualRetention = Duration.seconds(14 * 86400)

    /// - Parameter retention: the time from a message's reception to its removal.
    package init(
        store: any InboundStore, retention: Duration = usualRetention, clock: any DomainClock, logger: Logger
    ) {
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
                logger.error("Old inbound messages could not be removed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Removes old messages in steps, so that the writer is not held up.
    package func sweep() async throws(StoreFailure) {
        let end = clock.now() + (.zero - retention)
        try await HourlySweep.inSteps(of: Self.step) { (limit) throws(StoreFailure) in
            try await store.dropInbounds(receivedBefore: end, limit: limit)
        }
    }

    private static let step = 500
}
