package import FoundationEssentials
package import GatewayCore
import Glibc

/// The database as another process than the gateway reads it. It never writes, and takes no lock that the gateway would
/// wait for.
package struct SQLiteInspection: StoreInspection {
    private let readers: Readers

    /// Opens the database of a data directory for reading.
    ///
    /// - Parameter busyTimeout: how long to wait while the gateway sets the database up or ends.
    /// - Throws: `.unavailable` with what to do, when there is no database, this user may not read it, or the gateway
    ///   has to bring it up to date first; `.broken` when the file is no database, or is from a later release.
    package static func open(
        directory: String, busyTimeout: Duration = .seconds(5)
    ) async throws(StoreFailure) -> SQLiteInspection {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        do throws(SQLiteError) {
            let path = directory.database
            let thread = try await ConnectionThread.open("store.inspection") { () throws(SQLiteError) in
                let connection = try Connection.reader(path: path, busyTimeout: busyTimeout)
                try connection.requireSchema()
                return connection
            }
            return SQLiteInspection(readers: Readers([thread]))
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }

    package func close() async { await readers.close() }

    package func overview() async throws(StoreFailure) -> StoreOverview {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.atOneMoment { () throws(SQLiteError) in try snapshot.overview() }
        }
    }

    package func stories(
        of name: String, limit: Int
    ) async throws(StoreFailure) -> (stories: [MessageStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.atOneMoment { () throws(SQLiteError) in try snapshot.stories(of: name, limit: limit) }
        }
    }

    package func inbounds(
        named name: String, limit: Int
    ) async throws(StoreFailure) -> (stories: [InboundStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.atOneMoment { () throws(SQLiteError) in try snapshot.inbounds(named: name, limit: limit) }
        }
    }

    package func quarantined(
        limit: Int
    ) async throws(StoreFailure) -> (stories: [InboundStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.atOneMoment { () throws(SQLiteError) in try snapshot.quarantined(limit: limit) }
        }
    }

    package func findings(
        of search: Search, since: Date?, limit: Int
    ) async throws(StoreFailure) -> (findings: [Finding], hasMore: Bool) {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.atOneMoment { () throws(SQLiteError) in
                try snapshot.findings(of: search, since: since, limit: limit)
            }
        }
    }
}

extension Connection {
    /// Looks at a database before a connection that may write opens it: such a connection carries the log over when it
    /// closes, and what belongs to somebody else has to stay as it was found.
    static func examine(
        path: String, busyTimeout: Duration, _ check: (Connection) throws(SQLiteError) -> Void
    ) throws(SQLiteError) {
        let connection = try reader(path: path, busyTimeout: busyTimeout)
        defer { connection.close() }
        try check(connection)
    }

    /// - Throws: where the tables are not the ones that this release knows.
    func requireSchema() throws(SQLiteError) {
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
