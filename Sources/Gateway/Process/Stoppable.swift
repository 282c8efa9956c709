package import Logging
package import ServiceLifecycle
import Synchronization
import UnixSignals

/// Services that end at SIGTERM or SIGINT: gracefully within the time to drain, at once after it.
package struct Stoppable {
    let services: [ServiceGroupConfiguration.ServiceConfiguration]
    let drain: Duration
    let logger: Logger

    package init(services: [any Service], drain: Duration, logger: Logger) {
        self.init(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            drain: drain, logger: logger)
    }

    package init(services: [ServiceGroupConfiguration.ServiceConfiguration], drain: Duration, logger: Logger) {
        self.services = services
        self.drain = drain
        self.logger = logger
    }

    package func run() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        let watch = StopWatch()
        var configuration = ServiceGroupConfiguration(
            services: services + [.init(service: watch)], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = drain
        let group = ServiceGroup(configuration: configuration)
        let result = await Result(catching: { try await group.run() })
        if let spent = watch.sinceStop, spent >= drain {
            // What was cut off ended with errors of its own; the store knows what to go on with.
            logger.warning("The time to drain was over; what was in flight goes on at the next start")
        } else {
            try result.get()
        }
        logger.info("Stopped")
    }
}

/// Knows how long ago the stop began.
private final class StopWatch: Service {
    private let stop = Mutex<ContinuousClock.Instant?>(nil)

    var sinceStop: Duration? { stop.withLock { $0?.duration(to: .now) } }

    func run() async throws {
        try await gracefulShutdown()
        stop.withLock { $0 = .now }
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
