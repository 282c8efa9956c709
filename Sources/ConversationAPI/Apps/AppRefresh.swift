package import GatewayCore
package import Logging
import ServiceLifecycle
import WorkLoop

/// Takes over apps and webhooks that were changed by another process which shares the store.
package struct AppRefresh: Service {
    private let registry: AppRegistry
    private let clock: any DomainClock
    private let signal: Signal
    private let logger: Logger

    package init(registry: AppRegistry, clock: any DomainClock, signal: Signal, logger: Logger) {
        (self.registry, self.clock, self.signal, self.logger) = (registry, clock, signal, logger)
    }

    package func run() async throws {
        await WorkLoop<Nothing>(signal: signal, clock: clock).run { _ in
            let isDone: Bool
            do {
                isDone = try await registry.refresh()
            } catch {
                logger.warning(
                    "What other gateways changed of apps cannot be read; it is tried again",
                    metadata: ["error": "\(error)"])
                isDone = false
            }
            return .init([], nextLook: clock.now() + (isDone ? Self.pause : Self.pauseAfterFailure))
        } perform: { _ in
        }
    }

    /// The signal comes with each change. This is for one that was lost.
    private static let pause = Duration.seconds(60)
    private static let pauseAfterFailure = Duration.seconds(1)
}
