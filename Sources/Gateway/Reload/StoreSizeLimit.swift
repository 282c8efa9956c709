import ConfigurationReading
import GatewayCore
import Logging
import ServiceLifecycle
import Synchronization

/// How large the store may grow, as the configuration last read has it.
///
/// A reload may come before the store is open: the newest limit is set when it is.
final class StoreSizeLimit: Sendable {
    private let atStart: Int?
    private let newest: Mutex<Int?>
    /// The limits that a reload has set and the store does not have yet.
    let limits: AsyncStream<Int?>
    private let newLimit: AsyncStream<Int?>.Continuation

    init(bytes: Int?) {
        atStart = bytes
        newest = Mutex(bytes)
        (limits, newLimit) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The limit that was set last; nil where the disk alone bounds the store.
    var bytes: Int? { newest.withLock { $0 } }

    /// Sets the limit soon; nil leaves it to the disk.
    func set(bytes: Int?) {
        newest.withLock { $0 = bytes }
        newLimit.yield(bytes)
    }

    /// The service that sets the limits in the store, if that has any; only one may run.
    func changes(of store: any Store, logger: Logger) -> (any Service)? {
        (store as? any BoundedStore).map { Changes(atStart: atStart, limits: limits, store: $0, logger: logger) }
    }

    private struct Changes: Service {
        let atStart: Int?
        let limits: AsyncStream<Int?>
        let store: any BoundedStore
        let logger: Logger

        func run() async throws {
            var inForce = atStart
            for await bytes in limits.cancelOnGracefulShutdown() where bytes != inForce {
                let limit = bytes.map { ByteSize(bytes: $0).description } ?? "none"
                do {
                    try await store.limitSize(bytes: bytes)
                    inForce = bytes
                    logger.notice("The store's size limit was changed", metadata: ["size_limit": "\(limit)"])
                } catch {
                    logger.error(
                        "The store's size limit could not be changed; send SIGHUP again",
                        metadata: ["size_limit": "\(limit)", "error": "\(error)"])
                }
            }
        }
    }
}
