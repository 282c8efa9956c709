import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle

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
        await cancelWhenGracefulShutdown {
            do {
                try await clock.settled()
            } catch {
                return  // cancelled
            }
            while !Task.isCancelled {
                do {
                    try await sweep()
                } catch {
                    logger.error("Old inbound messages could not be removed", metadata: ["error": "\(error)"])
                }
                do {
                    try await clock.sleep(until: clock.now() + Self.pause)
                } catch {
                    return  // cancelled
                }
            }
        }
    }

    /// Removes old messages in steps, so that the writer is not held up.
    package func sweep() async throws(StoreFailure) {
        let limit = clock.now() + (.zero - retention)
        while !Task.isCancelled {
            guard try await store.dropInbounds(receivedBefore: limit, limit: Self.step) == Self.step else { return }
        }
    }

    private static let pause = Duration.seconds(3600)
    private static let step = 500
}
