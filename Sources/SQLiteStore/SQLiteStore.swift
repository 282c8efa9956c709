package import FoundationEssentials
package import GatewayCore
import Synchronization

/// The store on the system's SQLite: one file, one writer that commits for many callers at once, a few readers.
///
/// What a call does is in `Writing` and `Reading`, the statements are in `Queries`, the tables in `Schema`.
package final class SQLiteStore: Sendable {
    /// Messages that were on their way when the process before this one ended; they are due again, in doubt.
    package let claimsFoundInDoubt: Int

    /// When a gateway looked after the database last before this one opened it, to a minute; nil for a new one.
    package let lastEntry: Date?

    let writer: Writer
    let readers: Readers
    private let lock: Mutex<DirectoryLock?>

    private init(
        writer: Writer, readers: Readers, lock: DirectoryLock, claimsFoundInDoubt: Int, lastEntry: Date?
    ) {
        self.lastEntry = lastEntry
        self.writer = writer
        self.readers = readers
        self.lock = Mutex(lock)
        self.claimsFoundInDoubt = claimsFoundInDoubt
    }

    /// Opens the database of a data directory, making either if it is missing, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - now: when the messages are due again that were on their way.
    ///   - readerCount: connections that read, at least one.
    ///   - sizeLimitBytes: how large the database may grow; nil leaves that to the disk.
    ///   - busyTimeout: how long a call waits for another process to let go of the database.
    /// - Throws: `.unavailable` when the directory cannot be written or another gateway uses it; `.broken` when the
    ///   file is damaged, was written by a later release, or SQLite does not promise that a commit stays.
    package static func open(
        directory: String, signals: WorkSignals, now: Date = Date(), readerCount: Int = 2, sizeLimitBytes: Int? = nil,
        busyTimeout: Duration = .seconds(5)
    ) async throws(StoreFailure) -> SQLiteStore {
        let directory = DataDirectory(path: directory)
        try directory.prepare()
        let lock = try DirectoryLock(directory: directory.path)
        do throws(StoreFailure) {
            let (writing, reading) = try await connect(directory.database, readerCount, sizeLimitBytes, busyTimeout)
            let tally = try await Readers(reading).read { (snapshot) throws(SQLiteError) in
                try snapshot.queueTally()
            }
            let lastEntry = try await Readers(reading).read { (snapshot) throws(SQLiteError) in
                try snapshot.connection.first(TransactionQuery.keptTime) { $0.optionalTime() } ?? nil
            }
            let writer = Writer(writing, tally: tally, signals: signals, busyTimeout: busyTimeout)
            let claims = try await writer.write { (transaction) throws(SQLiteError) in
                try transaction.endTellings(now: now)
                try transaction.endCancellationLeases(now: now)
                try transaction.restartUploads()
                return try transaction.endLeases(until: nil, now: now)
            }
            // The clock may have been set back since.
            while case let count = try await writer.write({ (transaction) throws(SQLiteError) in
                try transaction.endWaits(begunAfter: now, last: now, limit: Self.stepAtStart)
            }), count > 0 {}
            return SQLiteStore(
                writer: writer, readers: Readers(reading), lock: lock, claimsFoundInDoubt: claims,
                lastEntry: lastEntry)
        } catch {
            throw directory.named(in: error)
        }
    }

    /// Ends what was asked for, closes the database and lets go of the directory. Later calls fail with `.closed`.
    package func close() async {
        await readers.close()
        await writer.close()
        lock.withLock { $0 = nil }
    }

    /// Transactions committed so far: how well the callers share them.
    package var commitCount: Int { writer.commitCount }

    /// Messages of all batches that no MMSC has taken yet.
    package var waitingCount: Int { writer.waitingCount }

    /// Sets how large the database may grow; nil leaves that to the disk. A full database can be given room so.
    package func limitSize(bytes: Int?) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.connection.limitSize(bytes: bytes)
        }
    }

    /// The database was restored from a backup: what it has queued and has begun may have been sent since, and is in doubt
    /// now. Returns how many messages that are.
    package func doubtQueued(now: Date) async throws(StoreFailure) -> Int {
        var total = 0
        while case let count = try await writer.write({ (transaction) throws(SQLiteError) in
            try transaction.doubtQueued(limit: Self.stepAtStart, now: now)
        }), count > 0 { total += count }
        return total
    }

    /// Rows of each kind that are changed in one transaction.
    private static let stepAtStart = 5_000

    private static func connect(
        _ path: String, _ readerCount: Int, _ sizeLimitBytes: Int?, _ busyTimeout: Duration
    ) async throws(StoreFailure) -> (writing: ConnectionThread, reading: [ConnectionThread]) {
        do throws(SQLiteError) {
            let writing = try await ConnectionThread.open("store.writer") { () throws(SQLiteError) in
                let connection = try Connection.writer(path: path, busyTimeout: busyTimeout)
                try connection.migrate()
                try connection.limitSize(bytes: sizeLimitBytes)
                return connection
            }
            var reading: [ConnectionThread] = []
            for number in 1...max(readerCount, 1) {
                let thread = try await ConnectionThread.open("store.reader.\(number)") { () throws(SQLiteError) in
                    try Connection.reader(path: path, busyTimeout: busyTimeout)
                }
                reading.append(thread)
            }
            return (writing, reading)
        } catch {
            throw StoreFailure(error)
        }
    }
}
