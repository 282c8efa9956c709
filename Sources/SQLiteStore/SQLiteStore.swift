package import FoundationEssentials
package import GatewayCore
package import SQLStore
import Synchronization

/// The store on the system's SQLite: one file that one process has.
///
/// What it keeps and decides is in `SQLStore`. Here are the files, SQLite's connections, the steps of the schema,
/// backups, and what a database is in measurements.
package final class SQLiteStore: SQLStore {
    package let parts: StoreParts
    private let lock: Mutex<DirectoryLock?>

    private init(_ parts: StoreParts, lock: DirectoryLock) {
        self.parts = parts
        self.lock = Mutex(lock)
    }

    /// Opens the database of a data directory, making either if it is missing, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - now: the time at which messages that were in flight are due again; read after `onLastEntry` was called.
    ///   - readerCount: connections that read for the gateway itself, at least one. Customers have twice as many,
    ///     because one customer gets half of them.
    ///   - sizeLimitBytes: how large the database may grow before nothing new is accepted; nil for no limit but the
    ///     disk.
    ///   - reserveBytes: how much larger it may grow by what was accepted before; nil for an eighth, at least 64 MiB.
    ///   - busyTimeout: how long a call waits while another process has the database locked.
    ///   - targets: the targets of an event; without it, the one that its batch names. It is called in the commit that
    ///     writes the event, while all other writing waits.
    ///   - answerLife: how long the answer to a request is kept for its repeats.
    ///   - isClockSettled: whether `now` is sure; while it is not, no time is kept as `lastEntry` and nothing is
    ///     forgotten.
    ///   - onMigration: called at the beginning of each step of the schema, and each few seconds while it runs.
    ///   - onLastEntry: called with `lastEntry`, if there is one, before any message is changed.
    /// - Throws: `.unavailable` when the directory cannot be written or another gateway uses it; `.broken` when a file
    ///   is damaged, lost or another program's, was written by a later release or an unreleased build, or SQLite does
    ///   not promise that a commit stays.
    package static func open(
        directory: String, signals: WorkSignals, now: @autoclosure () -> Date = Date(), readerCount: Int = 2,
        sizeLimitBytes: Int? = nil,
        reserveBytes: Int? = nil, busyTimeout: Duration = .seconds(5),
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }, answerLife: Duration = KeptAnswer.life,
        isClockSettled: @escaping @Sendable () -> Bool = { true },
        onMigration: @escaping @Sendable (MigrationProgress) -> Void = { _ in }, onLastEntry: (Date) -> Void = { _ in }
    ) async throws(StoreFailure) -> SQLiteStore {
        let directory = DataDirectory(path: directory)
        try DataFolder.make(directory.path)
        let lock = try DirectoryLock(directory: directory.path)
        try StoreFiles(directory: directory).examine()
        try directory.prepareDatabase()
        let limit = sizeLimitBytes.map { SizeLimit(bytes: $0, reserveBytes: reserveBytes) }
        do throws(StoreFailure) {
            let (writing, isNew) = try await connectWriter(directory, limit, busyTimeout, onMigration)
            let connections = StoreParts.Connections(
                writer: writing, readers: try await connectReaders("own", directory, readerCount, busyTimeout),
                customerReaders: try await connectReaders(
                    "customers", directory, 2 * max(readerCount, 1), busyTimeout))
            let parts = try await StoreParts.start(
                connections, isNew: isNew, signals: signals, targets: targets, answerLife: answerLife,
                isClockSettled: isClockSettled, now: now, onLastEntry: onLastEntry)
            return SQLiteStore(parts, lock: lock)
        } catch {
            throw directory.named(in: error)
        }
    }

    /// Whether the opening has to bring a database up to date first, which may take long.
    package static func hasOlderSchema(in directory: String) -> Bool {
        guard let schema = DataDirectory(path: directory).schemaInHead, schema > 0 else { return false }
        return schema < Migration.all.last?.number ?? 0
    }

    /// Closes the database and releases the directory.
    package func close() async {
        await parts.customerReads.close()
        await readers.close()
        await writer.close { connection in
            // If this fails, the next start reads the log.
            _ = try? (connection.driver as? SQLiteDriver)?.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        lock.withLock { $0 = nil }
    }

    static func connectWriter(
        _ directory: DataDirectory, _ limit: SizeLimit?, _ busyTimeout: Duration,
        _ onMigration: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws(StoreFailure) -> (ConnectionThread, isNew: Bool) {
        let isNew = Mutex(false)
        do throws(SQLError) {
            let thread = try await ConnectionThread.open("store.writer") { () throws(SQLError) in
                let path = directory.database
                if !SQLiteDriver.isNothing(at: path) {
                    try SQLiteDriver.examine(path: path, busyTimeout: busyTimeout) { (connection) throws(SQLError) in
                        try connection.requireKnownSchema()
                    }
                }
                let connection = try SQLiteDriver.writer(path: path, busyTimeout: busyTimeout)
                try connection.requireWholeFiles(of: directory)
                let isEmpty = try connection.migrate(onProgress: onMigration)
                isNew.withLock { $0 = isEmpty }
                try connection.limitSize(limit)
                connection.files = OpenDatabase(directory)
                return connection
            }
            return (thread, isNew.withLock { $0 })
        } catch {
            throw StoreFailure(error)
        }
    }

    private static func connectReaders(
        _ label: String, _ directory: DataDirectory, _ count: Int, _ busyTimeout: Duration
    ) async throws(StoreFailure) -> [ConnectionThread] {
        do throws(SQLError) {
            var threads: [ConnectionThread] = []
            for number in 1...max(count, 1) {
                let thread = try await ConnectionThread.open("store.\(label).\(number)") { () throws(SQLError) in
                    try SQLiteDriver.reader(path: directory.database, busyTimeout: busyTimeout)
                }
                threads.append(thread)
            }
            return threads
        } catch {
            throw StoreFailure(error)
        }
    }
}
