package import GatewayCore
import Glibc
package import SQLStore

/// A new database that is filled with the rows of another kind of database, and then put into a data directory. What is
/// broken off leaves the directory as it was: a gateway that found an empty database there would begin anew.
package final class SQLiteCopyTarget: CopiedDatabase {
    package let name: String
    package var driver: any Driver { connection }
    package let tables: [CopiedTable]
    private let directory: DataDirectory
    private let connection: SQLiteDriver
    private let lock: DirectoryLock
    private var isOpen = true

    /// - Parameter names: the tables that are copied.
    /// - Throws: `.unavailable` where a gateway runs in the directory, it cannot be written, or its database has a row in
    ///   one of the tables.
    package init(_ path: String, tables names: [String]) throws(StoreFailure) {
        let directory = DataDirectory(path: path)
        self.directory = directory
        try DataFolder.make(path)
        lock = try DirectoryLock(directory: path)
        let files = StoreFiles(directory: directory)
        try files.examineDatabase()
        name = "the SQLite database \(directory.database)"
        do throws(SQLError) {
            if !files.isEmpty { try directory.requireNoRows(in: names) }
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
        try directory.makeDraft()
        do throws(SQLError) {
            connection = try SQLiteDriver(path: directory.draft, access: .readWrite)
            // Nobody reads the file before it is whole and on the disk.
            try connection.execute(
                """
                PRAGMA auto_vacuum = INCREMENTAL;
                PRAGMA journal_mode = OFF;
                PRAGMA synchronous = OFF;
                PRAGMA foreign_keys = ON;
                PRAGMA cache_size = -64000;
                PRAGMA temp_store = MEMORY;
                """, doing: "setting up the copy")
            try connection.migrate()
            tables = try connection.tables(named: names)
            try connection.begin()
        } catch {
            unlink(directory.draft)
            throw directory.named(in: StoreFailure(error))
        }
    }

    package func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64? {
        try connection.lastNumber(of: table)
    }

    package func complete(_ table: CopiedTable, lastNumber number: Int64?) throws(SQLError) {
        if let number { try connection.setLastNumber(number, of: table) }
    }

    package func finish() throws(StoreFailure) {
        do throws(SQLError) {
            try connection.commit()
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
        connection.close()
        try directory.placeDraft()
        isOpen = false
    }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        connection.close()
        unlink(directory.draft)
    }
}

extension DataDirectory {
    fileprivate var draft: String { "\(path)/gateway.sqlite.draft" }

    /// - Throws: also where the database is another program's or of a later release.
    fileprivate func requireNoRows(in names: [String]) throws(SQLError) {
        try SQLiteDriver.examine(path: database, busyTimeout: SQLiteDriver.busyTimeout) {
            (connection) throws(SQLError) in
            try connection.requireKnownSchema()
            for table in try connection.tables(named: names) where try connection.hasRows(in: table.name) {
                throw SQLError(
                    kind: .unavailable,
                    message: "its table \(table.name) has rows, and a copy goes only where nothing is: move "
                        + "gateway.sqlite, gateway.sqlite-wal and gateway.sqlite-shm away first, if what they have is "
                        + "not needed",
                    doing: "looking for rows")
            }
        }
    }

    /// An empty file in place of what an earlier copy left.
    fileprivate func makeDraft() throws(StoreFailure) {
        unlink(draft)
        let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("\(draft) cannot be made: \(DiskRefusal())") }
        Glibc.close(descriptor)
    }

    /// Puts the draft in the place of the database, so that it is there after a loss of power too.
    fileprivate func placeDraft() throws(StoreFailure) {
        try sync(draft)
        // A log of the empty database that was there would be taken for the new one's.
        for file in [log, "\(path)/gateway.sqlite-shm"] where unlink(file) != 0 && errno != ENOENT {
            throw .unavailable("\(file) cannot be removed: \(DiskRefusal())")
        }
        guard rename(draft, database) == 0 else {
            throw .unavailable("\(database) cannot be put in place: \(DiskRefusal())")
        }
        try sync(path)
    }

    private func sync(_ name: String) throws(StoreFailure) {
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { Glibc.close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw .unavailable("\(name) cannot be written: \(DiskRefusal())")
        }
    }
}
