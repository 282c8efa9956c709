import GatewayConfiguration
import GatewayCore
package import Logging
import ServiceLifecycle
import UnixSignals

/// Rereads the configuration and the credentials at SIGHUP.
///
/// Customers, MMSCs and routes change at once, and so do the `LiveSettings`. Addresses, folders and other bounds change
/// at the next start, and the log names those that wait for it.
package struct Reload: Service {
    let gateway: Gateway
    /// The file of the configuration.
    let path: String
    let logger: Logger

    /// - Parameter path: the file of the configuration.
    package init(gateway: Gateway, path: String, logger: Logger) {
        self.gateway = gateway
        self.path = path
        self.logger = logger
    }

    package func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                take(try Configuration.load(path: path))
            } catch {
                logger.error("The configuration has faults; the old one stays", metadata: ["faults": "\(error)"])
            }
        }
    }

    func take(_ configuration: Configuration) {
        gateway.live.take(configuration)
        gateway.live.certificates.take(configuration, now: gateway.clock.now(), logger: logger)
        gateway.directory.replace(with: configuration.directory)
        configuration.warnOfShortSecrets(logger)
        let waiting = configuration.keysWaitingForRestart(after: gateway.configuration)
        guard !waiting.isEmpty else { return logger.info("The configuration was read again") }
        logger.warning(
            "The configuration was read again; keys that changed count from the next start",
            metadata: ["keys": "\(waiting.joined(separator: ", "))"])
    }
}
