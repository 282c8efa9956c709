package import GatewayCore
import Glibc
package import SQLStore

extension SQLiteStore {
    /// Opens the database of a data directory for a process beside the gateway. It never writes, and takes no lock that the
    /// gateway would wait for.
    ///
    /// - Parameter busyTimeout: how long to wait while the gateway sets the database up or ends.
    /// - Throws: `.unavailable` with what to do, when there is no database, this user may not read it, or the gateway
    ///   has to bring it up to date first; `.broken` when the file is no database, or is from a later release.
    package static func openForReading(
        directory: String, busyTimeout: Duration = .seconds(5)
    ) async throws(StoreFailure) -> SQLInspection {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        do throws(SQLError) {
            let path = directory.database
            let thread = try await ConnectionThread.open("store.inspection") { () throws(SQLError) in
                let connection = try SQLiteDriver.reader(path: path, busyTimeout: busyTimeout)
                try connection.requireSchema()
                return connection
            }
            return SQLInspection(on: thread)
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }
}

extension SQLiteDriver {
    /// Looks at a database before a connection that may write opens it: such a connection carries the log over when it
    /// closes, and what belongs to somebody else has to stay as it was found.
    static func examine(
        path: String, busyTimeout: Duration, _ check: (SQLiteDriver) throws(SQLError) -> Void
    ) throws(SQLError) {
        let connection = try reader(path: path, busyTimeout: busyTimeout)
        defer { connection.close() }
        try check(connection)
    }

    /// - Throws: where the tables are not the ones that this release knows.
    func requireSchema() throws(SQLError) {
        _ = try isNew()
        let version = try value(of: "PRAGMA user_version").flatMap { Int($0) } ?? 0
        let newest = Migration.all.last?.number ?? 0
        guard version != newest else { return }
        let isOlder = version < newest
        throw .refused(
            "it has schema \(version), this release reads \(newest); "
                + (isOlder ? "start the gateway of this release once" : "a later release is needed"))
    }
}

extension DataDirectory {
    /// - Throws: `.unavailable`, naming the file and what to do, when the file is missing or this user may not read it.
    func checkReadable() throws(StoreFailure) {
        // Without a log beside the database SQLite has to make one, even for reading.
        if access(database, R_OK) == 0, access(path, W_OK | X_OK) == 0 || errno == EROFS { return }
        switch errno {
        case ENOENT, ENOTDIR:
            throw .unavailable(
                "there is no database at \(database): the gateway has not run with this data_directory yet")
        case EACCES, EPERM:
            throw .unavailable(
                "\(database) may not be read by this user; run the command as the user that the gateway runs as")
        default:
            throw .unavailable("\(database) cannot be read: \(DiskRefusal())")
        }
    }
}
