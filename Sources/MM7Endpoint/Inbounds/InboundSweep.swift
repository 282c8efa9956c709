import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle

/// Removes inbound messages that are older than the API tells of, at the start and then each hour.
package struct InboundSweep: Service {
    private let store: any Store
    private let clock: any WallClock
    private let logger: Logger

    package init(store: any Store, clock: any WallClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
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

    /// In steps, so that the writer is not held up.
    package func sweep() async throws(StoreFailure) {
        let limit = clock.now() + (.zero - Self.life)
        while !Task.isCancelled {
            guard try await store.dropInbounds(receivedBefore: limit, limit: Self.step) == Self.step else { return }
        }
    }

    /// "Kept about 14 days", as the vendor keeps them.
    private static let life = Duration.seconds(14 * 86400)
    private static let pause = Duration.seconds(3600)
    private static let step = 500
}
