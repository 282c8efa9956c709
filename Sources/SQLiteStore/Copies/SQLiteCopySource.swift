package import GatewayCore
package import SQLStore

/// The database of a data directory that is copied into another kind of database.
package final class SQLiteCopySource: CopiedDatabase {
    package let name: String
    package var driver: any Driver { connection }
    package let tables: [CopiedTable]
    private let connection: SQLiteDriver
    private let lock: DirectoryLock

    /// - Parameter names: the tables that are copied.
    /// - Throws: `.unavailable` where there is no database or a gateway runs on it; `.broken` where it is damaged, or not
    ///   of this release.
    package init(_ path: String, tables names: [String]) throws(StoreFailure) {
        let directory = DataDirectory(path: path)
        try directory.checkReadable()
        lock = try DirectoryLock(directory: path)
        try StoreFiles(directory: directory).examine()
        name = "the SQLite database \(directory.database)"
        do throws(SQLError) {
            try SQLiteDriver.examine(path: directory.database, busyTimeout: SQLiteDriver.busyTimeout) {
                (connection) throws(SQLError) in try connection.requireSchema()
            }
            // A connection that only reads could not see whether the log is whole.
            connection = try SQLiteDriver.writer(path: directory.database)
            try connection.requireWholeFiles(of: directory)
            tables = try connection.tables(named: names)
            try connection.beginReading()
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }

    package func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64? {
        try connection.lastNumber(of: table)
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
