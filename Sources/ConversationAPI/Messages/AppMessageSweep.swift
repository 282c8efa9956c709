import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

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
        await HourlySweep.run(by: clock) {
            do throws(StoreFailure) {
                try await sweep()
            } catch {
                logger.error(
                    "Messages of apps whose time is over could not be removed", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Removes them in steps, so that the writer is not held up.
    func sweep() async throws(StoreFailure) {
        let now = clock.now()
        try await HourlySweep.inSteps(of: Self.step) { (limit) throws(StoreFailure) in
            try await store.dropAppMessages(keptUntil: now, limit: limit)
        }
        let end = now + (.zero - offerLife)
        try await HourlySweep.inSteps(of: Self.step) { (limit) throws(StoreFailure) in
            try await store.dropOffers(before: end, limit: limit)
        }
    }

    private static let step = 1000
}
