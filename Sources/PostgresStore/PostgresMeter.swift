package import GatewayCore
import SQLStore
import Synchronization

/// Asks a server what a gateway makes it do, over a connection of its own.
package final class PostgresMeter: Sendable {
    private let server: PostgresServer
    private let driver: Mutex<PostgresDriver>

    /// What grew by the time of the reading.
    package struct Reading: Sendable {
        /// The end of the write-ahead log, in bytes from its beginning.
        package let logBytes: Int
        /// Commits of the gateways that use the tables now.
        package let commits: Int
    }

    /// - Throws: `.unavailable` when the server cannot be reached.
    package init(_ server: PostgresServer) throws(StoreFailure) {
        self.server = server
        do throws(SQLError) {
            driver = Mutex(try PostgresDriver(server, as: .visitor))
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    /// - Throws: also before a gateway has made the tables.
    package func read() throws(StoreFailure) -> Reading {
        let row = try ask(
            """
            SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint,
                (SELECT coalesce(sum(commits), 0)::bigint FROM commit_mark)
            """, columns: 2, doing: "measuring")
        guard let logBytes = row[0].flatMap({ Int($0) }), let commits = row[1].flatMap({ Int($0) }) else {
            throw .broken("the server's figures cannot be read")
        }
        return Reading(logBytes: logBytes, commits: commits)
    }

    /// Makes the schema that the server's address names first.
    package func makeSchema(_ name: String) throws(StoreFailure) {
        _ = try ask("CREATE SCHEMA \(name)", columns: 0, doing: "making a schema")
    }

    /// Removes a schema with all that is in it.
    package func removeSchema(_ name: String) throws(StoreFailure) {
        _ = try ask("DROP SCHEMA \(name) CASCADE", columns: 0, doing: "removing a schema")
    }

    private func ask(_ sql: String, columns: Int32, doing: String) throws(StoreFailure) -> [String?] {
        do throws(SQLError) {
            return try driver.withLock { (driver) throws(SQLError) in
                try driver.connect()
                let result = try driver.query(sql, doing: doing)
                return (0..<columns).map { result.text(0, $0) }
            }
        } catch {
            throw StoreFailure(error.about(server))
        }
    }
}
