import Glibc
import SQLStore

/// How the store's connections are set up.
extension SQLiteDriver {
    /// How long to wait for a lock that another process holds, a backup for one.
    static let busyTimeout = Duration.seconds(5)
    /// How many pages of 4 kB the log has before they are carried over into the database.
    private static let checkpointPages = 4_000
    /// The length to which the log is cut after it had to grow.
    private static let logLimitBytes = 64 << 20

    /// The connection that writes: a commit that returns is on the disk.
    ///
    /// - Throws: when SQLite does not take the settings that this promise needs.
    static func writer(path: String, busyTimeout: Duration = busyTimeout) throws(SQLError) -> SQLiteDriver {
        let isNew = isNothing(at: path)
        let connection = try SQLiteDriver(path: path, access: .readWrite)
        connection.setBusyTimeout(busyTimeout)
        // Freed pages can be given back bit by bit; a database that was made without that keeps them for reuse. Where
        // nothing can be read of one that is there, this statement would write, and what is left of it is still wanted.
        if isNew { try connection.execute("PRAGMA auto_vacuum = INCREMENTAL", doing: "setting up the database") }
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA wal_autocheckpoint = \(checkpointPages);
            PRAGMA journal_size_limit = \(logLimitBytes);
            PRAGMA cache_size = -16000;
            PRAGMA temp_store = MEMORY;
            """,
            doing: "setting up the database")
        try connection.require("journal_mode", "wal")
        try connection.require("synchronous", "2")
        try connection.require("foreign_keys", "1")
        return connection
    }

    /// Whether there is neither a database nor a log with something in it.
    static func isNothing(at path: String) -> Bool {
        [path, path + "-wal"].allSatisfy { (file: String) in
            var status = stat()
            return stat(file, &status) != 0 || status.st_size == 0
        }
    }

    /// A connection that only reads, and sees what was committed when a statement begins.
    static func reader(path: String, busyTimeout: Duration = busyTimeout) throws(SQLError) -> SQLiteDriver {
        let connection = try SQLiteDriver(path: path, access: .readOnly)
        connection.setBusyTimeout(busyTimeout)
        try connection.execute(
            """
            PRAGMA query_only = ON;
            PRAGMA cache_size = -4000;
            PRAGMA temp_store = MEMORY;
            """,
            doing: "setting up a reading connection")
        return connection
    }

    /// Checks that a setting took effect: some builds and file systems ignore one without an error.
    func require(_ pragma: String, _ expected: String) throws(SQLError) {
        let found = try value(of: "PRAGMA \(pragma)")
        guard found == expected else {
            throw .refused("\(pragma) is \(found ?? "unset") where \(expected) is needed to keep what was promised")
        }
    }
}
