package import FoundationEssentials
package import GatewayCore

/// Inbound messages of nobody's, given to their owners by another process than the gateway, which may be running or
/// not.
///
/// A few at a time are one short transaction, as SQLite lets any process make one beside others: a gateway that is
/// writing is waited for, and it looks for new events each second. Nothing of what a start does is done here.
package struct Quarantine: Sendable {
    private let thread: ConnectionThread
    private let writer: Writer

    /// - Parameters:
    ///   - busyTimeout: how long to wait for the gateway to let go of the database.
    ///   - targets: as of the gateway's own store.
    /// - Throws: as `StoreInspection.open`.
    package static func open(
        directory: String, busyTimeout: Duration = .seconds(5), targets: @escaping CallTargets = { [$0.batchTarget] }
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
            let writer = Writer(
                thread, to: OpenDatabase(directory), tally: QueueTally(), signals: WorkSignals(),
                busyTimeout: busyTimeout, targets: targets)
            return Quarantine(thread: thread, writer: writer)
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }

    /// A message, and a copy of it for each of its owners, the first under the id of the message.
    package struct Release: Sendable {
        let id: Inbound.ID
        let copies: [InboundDelivery.Copy]

        package init(_ id: Inbound.ID, as copies: [InboundDelivery.Copy]) {
            self.id = id
            self.copies = copies
        }
    }

    /// How many messages one call releases at most: for so long a gateway's commits wait.
    package static let limit = 100

    /// Gives messages to their owners, who are told as if they had just come.
    ///
    /// A caller with more of them pauses between the calls, longer than the tenth of a second after which SQLite looks
    /// again for a lock: a gateway that waits would not get it otherwise.
    ///
    /// - Returns: the ids of those that were still nobody's, and are released now.
    package func release(_ releases: [Release], now: Date) async throws(StoreFailure) -> Set<Inbound.ID> {
        var rows: [(id: Inbound.ID, copies: [WrittenInbound])] = []
        for release in releases.prefix(Self.limit) {
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

    /// Without carrying the log over, which is for the gateway to do.
    package func close() async { await thread.close() }
}
