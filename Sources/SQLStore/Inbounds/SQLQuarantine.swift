package import FoundationEssentials
package import GatewayCore

/// The quarantine of a database that a gateway may have open.
///
/// Messages are released a few at a time in one short transaction, which SQLite allows beside another process: it waits
/// while the gateway writes, and the gateway looks for new events each second. Nothing that a start of the gateway does
/// is done here.
package struct SQLQuarantine: Quarantine {
    private let thread: ConnectionThread
    private let writer: Writer

    package init(on connection: ConnectionThread, targets: @escaping CallTargets) {
        thread = connection
        writer = Writer(connection, tally: QueueTally(), signals: WorkSignals(), targets: targets)
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
        return try await writer.write { [rows] (transaction) throws(SQLError) in
            var released: Set<Inbound.ID> = []
            for (id, copies) in rows where try transaction.release(id, as: copies, now: now) { released.insert(id) }
            return released
        }
    }

    /// Closes the database without carrying the log over, which the gateway does.
    package func close() async { await thread.close() }
}
