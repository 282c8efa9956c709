import Logging
import ServiceLifecycle
import UnixSignals

/// Services that end at SIGTERM or SIGINT: in peace within the time to drain, at once after it.
struct Stoppable {
    let services: [ServiceGroupConfiguration.ServiceConfiguration]
    let drain: Duration
    let logger: Logger

    init(services: [any Service], drain: Duration, logger: Logger) {
        self.init(services: services.map { .init(service: $0) }, drain: drain, logger: logger)
    }

    init(services: [ServiceGroupConfiguration.ServiceConfiguration], drain: Duration, logger: Logger) {
        self.services = services
        self.drain = drain
        self.logger = logger
    }

    func run() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = drain
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            logger.warning("The time to drain was over; what was in flight goes on at the next start")
        }
        logger.info("Stopped")
    }
}
