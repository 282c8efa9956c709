import GatewayCore
import SQLStore
import Synchronization

/// Has the server look anew at tables that have doubled since it last did.
///
/// Its own daemon looks once a minute, and not at few rows. Until then it plans for the tables as they were, and for a table
/// that was empty the wrong index seems as good as the right one.
final class TableStatistics: Sendable {
    private let server: PostgresServer
    private let isLooking = Mutex(false)

    init(of server: PostgresServer) {
        self.server = server
    }

    /// Begins with the tables that need it, over a connection that is made for it, unless that goes on already.
    ///
    /// - Parameter connection: is asked which tables these are.
    func renew(askedOn connection: Connection) throws(SQLError) {
        let tables = try connection.rows(StatisticsQuery.outgrown) { (row) throws(SQLError) in try row.text() }
        let wasLooking = isLooking.withLock { isLooking in
            defer { isLooking = isLooking || !tables.isEmpty }
            return isLooking
        }
        guard !tables.isEmpty, !wasLooking else { return }
        // One at a time, and none for long: the server ends a statement after 15 seconds. Nobody needs its end.
        Task {
            await look(at: tables)
            isLooking.withLock { $0 = false }
        }
    }

    private func look(at tables: [String]) async {
        let thread: ConnectionThread
        do throws(SQLError) {
            thread = try await ConnectionThread.open("store.statistics") { [server] () throws(SQLError) in
                let driver = try PostgresDriver(server, as: .visitor)
                try driver.query("ANALYZE \(tables.joined(separator: ", "))", doing: "looking at the tables")
                return driver
            }
        } catch {
            // The tables stay as they are, and are found again with the next round.
            return
        }
        await thread.close()
    }
}

enum StatisticsQuery: Int, Query {
    /// Tables of which more rows were written since the last look than there were then. A few hundred rows are read as
    /// fast by any index.
    case outgrown

    var sql: String {
        switch self {
        case .outgrown:
            """
            SELECT pg_stat_user_tables.relname
            FROM pg_stat_user_tables
            JOIN pg_class ON pg_class.oid = pg_stat_user_tables.relid
            WHERE pg_stat_user_tables.schemaname = current_schema()
                AND pg_stat_user_tables.n_mod_since_analyze > 300 + greatest(pg_class.reltuples, 0)
            """
        }
    }
}
