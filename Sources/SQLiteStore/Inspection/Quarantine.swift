package import FoundationEssentials
package import GatewayCore

/// Inbound messages of nobody's, given to their owners by another process than the gateway, which may be running or not.
///
/// Each release is one short transaction, as SQLite lets any process make one beside others: a gateway that is writing is
/// waited for, and it looks for new events each second. Nothing of what a start does is done here.
package struct Quarantine: Sendable {
    private let thread: ConnectionThread
    private let writer: Writer

    /// - Parameter busyTimeout: how long to wait for the gateway to let go of the database.
    /// - Throws: as `StoreInspection.open`.
    package static func open(
        directory: String, busyTimeout: Duration = .seconds(5)
    ) async throws(StoreFailure) -> Quarantine {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        do throws(SQLiteError) {
            let path = directory.database
            let thread = try await ConnectionThread.open("store.quarantine") { () throws(SQLiteError) in
                let connection = try Connection.writer(path: path, busyTimeout: busyTimeout)
                try connection.requireSchema()
                return connection
            }
            let writer = Writer(thread, waiting: 0, signals: WorkSignals(), busyTimeout: busyTimeout)
            return Quarantine(thread: thread, writer: writer)
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }

    /// Gives a message to its owners, who are told as if it had just come.
    ///
    /// - Parameter copies: one for each, the first under the id of the message.
    /// - Returns: false where nobody's message has this id any more.
    package func release(
        _ id: Inbound.ID, as copies: [InboundDelivery.Copy], now: Date
    ) async throws(StoreFailure) -> Bool {
        var columns: [InboundColumns] = []
        for copy in copies { columns.append(try InboundColumns(copy)) }
        return try await writer.write { [columns] (transaction) throws(SQLiteError) in
            try transaction.release(id, as: columns, now: now)
        }
    }

    /// Without carrying the log over, which is for the gateway to do.
    package func close() async { await thread.close() }
}
