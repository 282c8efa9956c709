package import FoundationEssentials
package import GatewayCore

/// The quarantine of a database that a gateway may have open.
///
/// Messages are released a few at a time in one short transaction, which SQLite allows beside another process: it waits
/// while the gateway writes, and the gateway looks for new events each second. Nothing that a start of the gateway does
/// is done here.
package struct SQLiteQuarantine: Quarantine {
    private let thread: ConnectionThread
    private let writer: Writer

    /// - Parameters:
    ///   - busyTimeout: how long to wait while the gateway has the database locked.
    ///   - targets: as in the gateway's own store.
    /// - Throws: as `SQLiteInspection.open`.
    package static func open(
        directory: String, busyTimeout: Duration = .seconds(5),
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }
    ) async throws(StoreFailure) -> SQLiteQuarantine {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        do throws(SQLiteError) {
            let path = directory.database
            let thread = try await ConnectionThread.open("store.quarantine") { () throws(SQLiteError) in
                try Connection.examine(path: path, busyTimeout: busyTimeout) { (connection) throws(SQLiteError) in
                    try connection.requireSchema()
                }
                let connection = try Connection.writer(path: path, busyTimeout: busyTimeout)
                return connection
            }
            let writer = Writer(
                thread, to: OpenDatabase(directory), tally: QueueTally(), signals: WorkSignals(),
                busyTimeout: busyTimeout, targets: targets)
            return SQLiteQuarantine(thread: thread, writer: writer)
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }

    /// Callers have to pause between two calls for longer than a tenth of a second, after which SQLite tries again to
    /// get a lock: otherwise a waiting gateway would not get it.
    package func release(_ releases: [InboundRelease], now: Date) async throws(StoreFailure) -> Set<Inbound.ID> {
        var rows: [(id: Inbound.ID, copies: [WrittenInbound])] = []
        for release in releases.prefix(InboundRelease.limit) {
            var columns: [WrittenInbound] = []
            for copy in release.copies { columns.append(try WrittenInbound(copy)) }
            rows.append((release.id, columns))
        }
        return try await writer.write { [rows] (transaction) throws(SQLiteError) in
            var released: Set<Inbound.ID> = []
            for (id, copies) in rows where try transaction.release(id, as: copies, now: now) { released.insert(id) }
            return released
        }
    }

    /// Closes the database without carrying the log over, which the gateway does.
    package func close() async { await thread.close() }
}
