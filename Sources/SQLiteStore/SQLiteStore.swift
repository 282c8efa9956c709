package import FoundationEssentials
package import GatewayCore
import Synchronization

/// The store on the system's SQLite: one file, one writer that commits for many callers at once, a few readers.
///
/// Each folder is a noun, with its statements, rows, reading and writing. `Transactions` has the machinery that they
/// all use, `Connection` has SQLite itself, and `Schema` has the tables.
package final class SQLiteStore: Sendable {
    package let findings: StoreFindings

    let writer: Writer
    /// The readers for what the gateway itself needs: what it sends, fetches and counts, and what it notifies customers
    /// of.
    let readers: Readers
    /// The readers for what customers read, shared among them.
    let customerReads: Readers
    /// Batches whose cancellation a failure interrupted.
    let interrupted = Mutex<Set<Batch.ID>>([])
    /// The longest leases that this process gave out.
    let longestLeases = Mutex(LongestLeases())
    /// The number of the app whose batch was the last to have its turn.
    let lastBatchApp = Mutex(0)
    private let lock: Mutex<DirectoryLock?>

    private init(
        writer: Writer, readers: Readers, customerReads: Readers, lock: DirectoryLock, findings: StoreFindings
    ) {
        self.writer = writer
        self.readers = readers
        self.customerReads = customerReads
        self.lock = Mutex(lock)
        self.findings = findings
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
        try directory.prepare()
        let lock = try DirectoryLock(directory: directory.path)
        try StoreFiles(directory: directory).examine()
        try directory.prepareDatabase()
        let limit = sizeLimitBytes.map { SizeLimit(bytes: $0, reserveBytes: reserveBytes) }
        do throws(StoreFailure) {
            let (writing, isNew) = try await connectWriter(directory, limit, busyTimeout, onMigration)
            let customerReaders = 2 * max(readerCount, 1)
            let (own, customers) = (
                Readers(try await connectReaders("own", directory, readerCount, busyTimeout)),
                Readers(try await connectReaders("customers", directory, customerReaders, busyTimeout))
            )
            let (tally, lastEntry, isCopy) = try await own.read { (snapshot) throws(SQLiteError) in
                let lastEntry = try snapshot.connection.first(TransactionQuery.keptTime) { $0.optionalTime() } ?? nil
                let isCopy = try snapshot.connection.first(
                    RestorationQuery.isCopy, read: { (row) throws(SQLiteError) in try row.flag() })
                return (try snapshot.queueTally(), lastEntry, isCopy ?? false)
            }
            if let lastEntry { onLastEntry(lastEntry) }
            let now = now()
            let writer = Writer(
                writing, to: OpenDatabase(directory), tally: tally, signals: signals, busyTimeout: busyTimeout,
                targets: targets, answerLife: answerLife, isClockSettled: isClockSettled)
            let (claims, withdrawals) = try await writer.write { (transaction) throws(SQLiteError) in
                (try transaction.endLeases(until: nil, now: now), try transaction.markedWithdrawals())
            }
            while case let count = try await writer.write({ (transaction) throws(SQLiteError) in
                try transaction.restart(limit: Self.stepAtStart, now: now)
            }), count > 0 {}
            let store = SQLiteStore(
                writer: writer, readers: own, customerReads: customers, lock: lock,
                findings: StoreFindings(
                    isNew: isNew, lastEntry: lastEntry, claimsInDoubt: claims, isCopy: isCopy))
            store.interrupted.withLock { $0.formUnion(withdrawals) }
            do throws(StoreFailure) {
                try await store.withdrawTheRest(now: now)
            } catch {
                // One that cannot be withdrawn is no reason to send nothing at all. It is tried again with every look
                // after leases, which reports the failure.
                guard case .broken = error else { throw error }
            }
            return store
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
        await customerReads.close()
        await readers.close()
        await writer.close()
        lock.withLock { $0 = nil }
    }

    /// Transactions committed so far, which shows how well callers share them.
    package var commitCount: Int { writer.commitCount }

    package var waitingCount: Int { writer.waitingCount }

    private static func connectWriter(
        _ directory: DataDirectory, _ limit: SizeLimit?, _ busyTimeout: Duration,
        _ onMigration: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws(StoreFailure) -> (ConnectionThread, isNew: Bool) {
        let isNew = Mutex(false)
        do throws(SQLiteError) {
            let thread = try await ConnectionThread.open("store.writer") { () throws(SQLiteError) in
                let path = directory.database
                if !Connection.isNothing(at: path) {
                    try Connection.examine(path: path, busyTimeout: busyTimeout) { (connection) throws(SQLiteError) in
                        try connection.requireKnownSchema()
                    }
                }
                let connection = try Connection.writer(path: path, busyTimeout: busyTimeout)
                try connection.requireWholeFiles(of: directory)
                let isEmpty = try connection.migrate(onProgress: onMigration)
                isNew.withLock { $0 = isEmpty }
                try connection.limitSize(limit)
                return connection
            }
            return (thread, isNew.withLock { $0 })
        } catch {
            throw StoreFailure(error)
        }
    }

    /// The most rows of each kind that are changed in one transaction.
    static let stepAtStart = 5_000

    private static func connectReaders(
        _ label: String, _ directory: DataDirectory, _ count: Int, _ busyTimeout: Duration
    ) async throws(StoreFailure) -> [ConnectionThread] {
        do throws(SQLiteError) {
            var threads: [ConnectionThread] = []
            for number in 1...max(count, 1) {
                let thread = try await ConnectionThread.open("store.\(label).\(number)") { () throws(SQLiteError) in
                    try Connection.reader(path: directory.database, busyTimeout: busyTimeout)
                }
                threads.append(thread)
            }
            return threads
        } catch {
            throw StoreFailure(error)
        }
    }
}
