package import GatewayCore
import SQLStore
import Synchronization

extension SQLiteStore {
    /// Writes the database of a data directory anew, without free pages, and so that later ones can be given back. No
    /// gateway may use it meanwhile.
    ///
    /// - Returns: the length of the file in bytes before and after it.
    /// - Throws: `.unavailable` where there is no database, another process uses it, or the disk has no room for a second
    ///   one.
    package static func compact(
        directory: String, busyTimeout: Duration = .seconds(5)
    ) async throws(StoreFailure) -> (before: Int, after: Int) {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        let lock = try DirectoryLock(directory: directory.path)
        defer { withExtendedLifetime(lock) {} }
        try StoreFiles(directory: directory).examine()
        let sizes = Mutex((before: 0, after: 0))
        do throws(SQLError) {
            let thread = try await ConnectionThread.open("store.compaction") { () throws(SQLError) in
                let path = directory.database
                try SQLiteDriver.examine(path: path, busyTimeout: busyTimeout) { (connection) throws(SQLError) in
                    try connection.requireSchema()
                }
                let connection = try SQLiteDriver.writer(path: path, busyTimeout: busyTimeout)
                try connection.requireWholeFiles(of: directory)
                let before = try connection.size().bytes
                // A database of an earlier release takes the setting into its file by this alone.
                try connection.execute("PRAGMA auto_vacuum = INCREMENTAL; VACUUM", doing: "writing the database anew")
                try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)", doing: "carrying the log over")
                let after = try connection.size().bytes
                sizes.withLock { $0 = (before, after) }
                return connection
            }
            await thread.close()
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
        return sizes.withLock { $0 }
    }
}
