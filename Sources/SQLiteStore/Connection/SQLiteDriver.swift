import CSQLite
import GatewayCore
import SQLStore

/// One of SQLite's connections. It is used by one thread at a time.
final class SQLiteDriver: Driver {
    enum Access {
        case readWrite
        case readOnly
        /// Reading only what has been carried over from the log, without a lock: for a look before anything else.
        case withoutLog
    }

    private var handle: OpaquePointer?
    /// Statements without parameters that are run often.
    private var kept: [String: SQLiteStatement] = [:]
    /// The size limit of the writer's connection, if the operator set one.
    var sizeLimit: SizeLimit?
    /// What the writer's connection writes to.
    var files: OpenDatabase?
    /// How long a statement waits for a lock that another process holds, unless the one before waited without success.
    private(set) var busyTimeout = Duration.zero
    /// Whether the last transaction could not be begun.
    var isLockedOut = false
    /// Whether a COMMIT was given to SQLite in the last transaction that writes.
    var isCommitGiven = false

    /// The settings of the library, made once, before the first connection.
    private static let configuration = csqlite_keep_no_memory_statistics()

    /// Opens the file; with `.readWrite` it is made if it does not exist.
    init(path: String, access: Access) throws(SQLError) {
        _ = Self.configuration
        // One thread at a time uses the connection, so SQLite's own mutex would only cost time.
        let flags =
            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            | (access == .readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY)
            | (access == .withoutLog ? SQLITE_OPEN_URI : 0)
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(access == .withoutLog ? Self.immutable(path) : path, &handle, flags, nil)
        // Even a connection that could not be opened has to be closed.
        self.handle = handle
        guard code == SQLITE_OK else { throw failure(code, doing: "opening the database") }
    }

    /// A path as SQLite expects it in its form of URIs. (sqlite.org/uri)
    private static func immutable(_ path: String) -> String {
        let escaped = path.utf8.reduce(into: "file:") { text, octet in
            switch octet {
            case UInt8(ascii: "%"): text += "%25"
            case UInt8(ascii: "?"): text += "%3f"
            case UInt8(ascii: "#"): text += "%23"
            default: text.unicodeScalars.append(Unicode.Scalar(octet))
            }
        }
        return escaped + "?immutable=1"
    }

    deinit {
        close()
    }

    /// Closes the connection; does nothing if it is closed.
    func close() {
        kept = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Sets how long a statement waits for a lock that another process holds.
    func setBusyTimeout(_ duration: Duration) {
        busyTimeout = duration
        waitForLocks(duration)
    }

    func waitForLocks(_ duration: Duration) {
        sqlite3_busy_timeout(handle, Int32(clamping: Int(duration.seconds * 1000)))
    }

    /// Whether a transaction is open; some errors end it on SQLite's side.
    var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

    /// Rows inserted, changed or deleted since the connection was opened.
    var totalChanges: Int { Int(sqlite3_total_changes(handle)) }

    /// Runs statements that give no rows and are not worth keeping.
    func execute(_ script: String, doing: String) throws(SQLError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, doing: doing) }
    }

    /// The first column of the first row of a statement that is used once, such as a pragma.
    func value(of sql: String) throws(SQLError) -> String? {
        let statement = try SQLiteStatement(sql, named: sql, on: opened())
        return try statement.step() ? statement.text(at: 0) : nil
    }

    func prepare(_ sql: String, named name: String) throws(SQLError) -> any Statement {
        try SQLiteStatement(sql, named: name, on: opened())
    }

    /// Runs a statement without parameters that is kept, and gives the number in the first column of its first row.
    @discardableResult
    func run(kept sql: String) throws(SQLError) -> Int? {
        let statement: SQLiteStatement
        if let known = kept[sql] {
            statement = known
        } else {
            statement = try SQLiteStatement(sql, named: sql, on: opened())
            kept[sql] = statement
        }
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        let number = statement.integer(at: 0).map { Int($0) }
        while try statement.step() {}
        return number
    }

    func opened() throws(SQLError) -> OpaquePointer {
        guard let handle else {
            throw SQLError(sqlite: SQLITE_MISUSE, message: "the connection is closed", doing: "preparing")
        }
        return handle
    }

    /// The error of the last call.
    func failure(doing: String) -> SQLError { failure(sqlite3_extended_errcode(handle), doing: doing) }

    func failure(_ code: Int32, doing: String) -> SQLError {
        let message = handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        return SQLError(sqlite: code, message: message.map { String(cString: $0) } ?? "", doing: doing)
    }
}
