import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle

/// Removes messages from the lists of apps when their time is over, and what they offered when no answer to it is looked
/// for any more, at the start and then each hour.
package struct AppMessageSweep: Service {
    private let store: any AppMessageStore
    private let offerLife: Duration
    private let clock: any DomainClock
    private let logger: Logger

    /// - Parameter choiceLife: how long an answer is taken for a choice. An answer may be read late, so what was offered is
    ///   kept twice as long.
    package init(store: any AppMessageStore, choiceLife: Duration, clock: any DomainClock, logger: Logger) {
        self.store = store
        offerLife = choiceLife * 2
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
                        logger.error(
                            "Messages of apps whose time is over could not be removed", metadata: ["error": "\(error)"])
                    }
                    try await clock.sleep(until: clock.now() + Self.pause)
                }
            } catch {
                return  // cancelled
            }
        }
    }

    /// Removes them in steps, so that the writer is not held up.
    func sweep() async throws(StoreFailure) {
        let now = clock.now()
        while !Task.isCancelled {
            guard try await store.dropAppMessages(keptUntil: now, limit: Self.step) == Self.step else { break }
        }
        let limit = now + (.zero - offerLife)
        while !Task.isCancelled {
            guard try await store.dropOffers(before: limit, limit: Self.step) == Self.step else { return }
        }
    }

    private static let pause = Duration.seconds(3600)
    private static let step = 1000
}
