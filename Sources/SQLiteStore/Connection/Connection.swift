import CSQLite
import GatewayCore

/// One connection to the database with the statements prepared on it. It is used by one thread at a time, which
/// `ConnectionThread` sees to.
final class Connection {
    enum Access {
        case readWrite
        case readOnly
        /// Reading only what has been carried over from the log, without a lock: for a look before anything else.
        case withoutLog
    }

    private var handle: OpaquePointer?
    private var statements = PreparedStatements()
    /// The size limit of the writer's connection, if the operator set one.
    var sizeLimit: SizeLimit?

    /// The settings of the library, made once, before the first connection.
    private static let configuration = csqlite_keep_no_memory_statistics()

    /// Opens the file; with `.readWrite` it is made if it does not exist.
    init(path: String, access: Access) throws(SQLiteError) {
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
        statements = PreparedStatements()
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Sets how long a statement waits for a lock that another process holds.
    func setBusyTimeout(_ duration: Duration) {
        sqlite3_busy_timeout(handle, Int32(clamping: Int(duration.seconds * 1000)))
    }

    /// Whether a transaction is open; some errors end it on SQLite's side.
    var isInTransaction: Bool { handle.map { sqlite3_get_autocommit($0) == 0 } ?? false }

    /// Rows inserted, changed or deleted since the connection was opened.
    var totalChanges: Int { Int(sqlite3_total_changes(handle)) }

    /// Runs statements that give no rows and are not worth keeping.
    func execute(_ script: String, doing: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, doing: doing) }
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func run(_ query: some Query, _ bindings: Bindings = [:]) throws(SQLiteError) -> Int {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        while try statement.step() {}
        return Int(sqlite3_changes(handle))
    }

    /// What `read` makes of each row. It may not run the same statement again.
    func rows<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        var values: [Value] = []
        while try statement.step() {
            var row = Row(of: statement)
            values.append(try read(&row))
        }
        return values
    }

    /// What `read` makes of the first row; nil when there is none.
    func first<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value? {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        guard try statement.step() else { return nil }
        var row = Row(of: statement)
        return try read(&row)
    }

    /// The first column of the first row of a statement that is used once, such as a pragma.
    func value(of sql: String) throws(SQLiteError) -> String? {
        let statement = try Statement(sql, named: sql, on: opened())
        return try statement.step() ? statement.text(at: 0) : nil
    }

    private func prepared(_ query: some Query) throws(SQLiteError) -> Statement {
        if let statement = statements[query] { return statement }
        let statement = try Statement(query.sql, named: "\(query)", on: opened())
        statements[query] = statement
        return statement
    }

    func opened() throws(SQLiteError) -> OpaquePointer {
        guard let handle else {
            throw SQLiteError(code: SQLITE_MISUSE, message: "the connection is closed", doing: "preparing")
        }
        return handle
    }

    /// The error of the last call.
    func failure(doing: String) -> SQLiteError { failure(sqlite3_extended_errcode(handle), doing: doing) }

    func failure(_ code: Int32, doing: String) -> SQLiteError {
        let message = handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(code)
        return SQLiteError(code: code, message: message.map { String(cString: $0) } ?? "", doing: doing)
    }
}
