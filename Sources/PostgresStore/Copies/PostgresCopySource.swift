package import GatewayCore
package import SQLStore

/// The database of a server that is copied into another kind of database.
package final class PostgresCopySource: CopiedDatabase {
    package let name: String
    package var driver: any Driver { connection }
    package let tables: [CopiedTable]
    private let connection: PostgresDriver

    /// - Parameter names: the tables that are copied.
    /// - Throws: `.unavailable` when the server cannot be reached, a gateway uses the database, or none has used it yet;
    ///   `.broken` when its tables are not of this release.
    package init(_ server: PostgresServer, tables names: [String]) throws(StoreFailure) {
        name = "the PostgreSQL database \(server.name)"
        do throws(SQLError) {
            // It keeps every gateway away, as long as it stands.
            connection = try PostgresDriver(server, as: .copier)
            try connection.requireSchema()
            tables = try connection.tables(named: names)
            try connection.beginReading()
            // Nothing is asked while the other database writes.
            try connection.query(PostgresDriver.endlessTransaction, doing: "setting up the copy")
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    package func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64? {
        guard let column = table.numbered else { return nil }
        return try connection.lastNumber(of: column, in: table.name)
    }

    package func complete(_ table: CopiedTable, lastNumber number: Int64?) throws(SQLError) {
        throw .mistake("what is copied stays as it is")
    }

    package func finish() {}

    package func close() {
        connection.rollBack()
        connection.close()
    }
}

extension PostgresDriver {
    /// The server's time-outs are for the work of every day.
    static let endlessTransaction = """
        SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
            set_config('idle_in_transaction_session_timeout', '0', true)
        """
}
