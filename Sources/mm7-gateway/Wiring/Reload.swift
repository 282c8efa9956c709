import GatewayCore
import Logging
import ServiceLifecycle
import UnixSignals

/// Rereads the configuration and the credentials at SIGHUP. Customers, MMSCs and routes change at once; addresses,
/// folders and bounds do at the next start.
struct Reload: Service {
    let directory: CurrentDirectory
    let load: @Sendable () throws(ConfigurationFaults) -> Configuration
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                directory.replace(with: try load().directory)
                logger.info("The configuration was read again")
            } catch {
                logger.error("The configuration has faults; the old one stays", metadata: ["faults": "\(error)"])
            }
        }
    }
}
