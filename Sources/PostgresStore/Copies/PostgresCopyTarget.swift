import FoundationEssentials
package import GatewayCore
package import SQLStore

/// The database of a server that is filled with the rows of another kind of database, in one transaction. The tables are
/// made if they are missing, and stay, empty, where the copy is broken off.
package final class PostgresCopyTarget: CopiedDatabase {
    package let name: String
    package var driver: any Driver { connection }
    package let tables: [CopiedTable]
    private let server: PostgresServer
    private let connection: PostgresDriver

    /// - Parameter names: the tables that are copied.
    /// - Throws: `.unavailable` when the server cannot be reached, a gateway uses the database, or one of the tables has a
    ///   row; `.broken` when the server does not promise that a commit stays, or has tables of a later release.
    package init(_ server: PostgresServer, tables names: [String]) throws(StoreFailure) {
        self.server = server
        name = "the PostgreSQL database \(server.name)"
        do throws(SQLError) {
            connection = try PostgresDriver(server, as: .copier)
            _ = try connection.durability()
            _ = try connection.migrate()
            tables = try connection.tables(named: names)
            // Says after a lost connection whether the copy was made.
            connection.mark = try CommitMark(of: ULIDGenerator().next(at: Date()), on: connection)
            try Self.begin(on: connection, tables)
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    /// Only what is seen in the transaction is there as long as nobody else writes.
    private static func begin(on connection: PostgresDriver, _ tables: [CopiedTable]) throws(SQLError) {
        do throws(SQLError) {
            try connection.begin()
            try connection.write(PostgresDriver.endlessTransaction, doing: "setting up the copy")
            for table in tables where try connection.hasRows(in: table.name) { throw notEmpty(table.name) }
        } catch {
            connection.rollBack()
            connection.letGo()
            throw error
        }
    }

    private static func notEmpty(_ table: String) -> SQLError {
        SQLError(
            kind: .unavailable,
            message: "its table \(table) has rows, and a copy goes only where nothing is: give store.postgresql a "
                + "database or a schema of its own, or remove the tables that are there, if what they have is not needed",
            doing: "looking for rows")
    }

    package func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64? {
        guard let column = table.numbered else { return nil }
        return try connection.lastNumber(of: column, in: table.name)
    }

    package func complete(_ table: CopiedTable, lastNumber number: Int64?) throws(SQLError) {
        if let number, let column = table.numbered {
            try connection.setLastNumber(number, of: column, in: table.name)
        }
        // Nobody else sees the rows yet, and a server that takes the table to be empty looks for what others refer to by
        // whatever index it has, from end to end.
        try connection.write("ANALYZE \"\(table.name)\"", doing: "counting \(table.name)")
    }

    package func finish() throws(StoreFailure) {
        do throws(SQLError) {
            try connection.commit()
        } catch {
            connection.rollBack()
            throw connection.failure(after: error.about(server))
        }
    }

    package func close() {
        connection.rollBack()
        connection.letGo()
        connection.close()
    }
}
