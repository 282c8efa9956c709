import GatewayConfiguration
import GatewayCore
import HTTPServing
import Hummingbird
import Logging
import Operations
import PostgresStore
import SQLStore
import SQLiteStore
import ServiceLifecycle
import Telemetry

extension Gateway {
    /// The store, brought up to date. While that takes long, supervisors are answered that the process is well.
    func openedStore(_ signals: WorkSignals) async throws -> any Store {
        if let address = configuration.store.postgresql {
            let server = PostgresServer(address, password: configuration.store.password)
            return try await openStore(signals, on: server)
        }
        guard SQLiteStore.hasOlderSchema(in: configuration.dataDirectory) else { return try await openStore(signals) }
        logger.notice(
            "The database is of an older release and is brought up to date; the way back is a backup from before",
            metadata: ["data_directory": "\(configuration.dataDirectory)"])
        return try await whileMigrating { try await self.openStore(signals) }
    }

    /// Nothing behind this knows which store it is.
    private func openStore(_ signals: WorkSignals) async throws(StoreFailure) -> any Store {
        try await SQLiteStore.open(
            directory: configuration.dataDirectory, signals: signals, now: clock.now(),
            sizeLimitBytes: configuration.store.sizeLimitBytes, busyTimeout: configuration.store.busyTimeout,
            targets: APIs.targets(in: directory, by: configuration), answerLife: configuration.retention.answers,
            isClockSettled: { [clock] in clock.isSettled }, onMigration: { [logger] in logger.log($0) },
            onLastEntry: compareClock)
    }

    private func openStore(
        _ signals: WorkSignals, on server: PostgresServer
    ) async throws(StoreFailure) -> any Store {
        // Media and keys are in the data directory, whichever store there is.
        try DataFolder.make(configuration.dataDirectory)
        let lock = try DirectoryLock(directory: configuration.dataDirectory)
        let identity = ReplicaIdentity(
            home: try lock.identity(), lock: lock, name: configuration.store.replicaName, version: Self.version)
        let store = try await PostgresStore.open(
            server, as: identity, notifies: configuration.store.notifies, signals: signals, now: clock.now(),
            targets: APIs.targets(in: directory, by: configuration),
            answerLife: configuration.retention.answers, isClockSettled: { [clock] in clock.isSettled },
            onLastEntry: compareClock)
        logger.notice(
            "The store is a database of PostgreSQL",
            metadata: [
                "server": "\(server.name)", "version": "\(store.durability.version)",
                "synchronous_standby": "\(store.durability.hasSynchronousStandby)",
            ])
        if abs(store.clockLead.seconds) > Self.toleratedClockLead.seconds {
            logger.warning(
                "The clocks of this machine and of the database differ: times that customers choose and the ends of messages are judged by each machine's own; keep all of them together by NTP (chrony, systemd-timesyncd)",
                metadata: ["seconds_ahead": .stringConvertible((store.clockLead.seconds * 10).rounded() / 10)])
        }
        return store
    }

    private static let toleratedClockLead = Duration.seconds(1)

    /// Does the work while `operations.listen` answers `/healthz` with 200, so that nobody ends the process for not
    /// answering, and `/readyz` with 503.
    ///
    /// - Parameter onListening: called with the port. Where it cannot be had, the work is done all the same, and the
    ///   server that comes after it says why.
    func whileMigrating<Value: Sendable>(
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let readiness = Readiness([.init("store") { throw SchemaChanging() }])
        let router = Router(context: PeerContext.self)
        let prometheus = Prometheus(Metric.descriptions)
        Operations(
            readiness: readiness, scrape: Scrape(prometheus, Telemetry(prometheus), collectors: []),
            access: { [live] in live.operationsAccess }
        ).addRoutes(to: router)
        let silent = Logger(label: "services", factory: { _ in SwiftLogNoOpLogHandler() })
        let server = configuration.operations.listener.service(
            for: router, hosted: nil, logger: silent, onListening: onListening)
        let group = ServiceGroup(configuration: .init(services: [server], logger: silent))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try? await group.run() }
            let result: Result<Value, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }
}

/// Why the gateway is not ready yet.
private struct SchemaChanging: Error, CustomStringConvertible {
    let description = "the database is brought to a new schema; see the log"
}

extension Logger {
    fileprivate func log(_ progress: MigrationProgress) {
        let metadata: Metadata = [
            "step": .stringConvertible(progress.step), "last": .stringConvertible(progress.last),
            "seconds": .stringConvertible(Int(progress.passed.seconds)),
        ]
        if progress.passed == .zero {
            notice("The database is brought to a new schema", metadata: metadata)
        } else {
            notice("The database is still being brought to a new schema", metadata: metadata)
        }
    }
}
