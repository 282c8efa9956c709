import GatewayCore
import Logging
import ServiceLifecycle
import UnixSignals

/// Rereads the configuration and the credentials at SIGHUP. Customers, MMSCs and routes change at once, and so does the
/// size limit of the store, with which an operator gives a full one room; addresses, folders and other bounds do at the
/// next start.
struct Reload: Service {
    let directory: CurrentDirectory
    let sizeLimit: StoreSizeLimit
    let load: @Sendable () throws(ConfigurationFaults) -> Configuration
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                let configuration = try load()
                directory.replace(with: configuration.directory)
                sizeLimit.set(bytes: configuration.store.sizeLimitBytes)
                logger.info("The configuration was read again")
            } catch {
                logger.error("The configuration has faults; the old one stays", metadata: ["faults": "\(error)"])
            }
        }
    }
}
