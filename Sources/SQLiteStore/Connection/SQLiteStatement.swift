import CSQLite
import SQLStore

/// A prepared statement; it belongs to one connection and is used on that connection's thread.
final class SQLiteStatement: Statement {
    private let handle: OpaquePointer
    private let name: String
    /// The indices of the parameters in the last call: every call names them in the same order.
    private var indices: [(name: UnsafePointer<UInt8>, index: Int32)] = []

    /// - Parameter sql: the two kinds of lists in it, of texts and of integers, are one for SQLite.
    /// - Throws: when SQLite cannot prepare the text.
    init(_ sql: String, named name: String, on connection: OpaquePointer) throws(SQLError) {
        let sql = sql.replacing("each_text(", with: "json_each(").replacing("each_integer(", with: "json_each(")
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw SQLError(sqlite: code, message: String(cString: sqlite3_errmsg(connection)), doing: name)
        }
        self.handle = handle
        self.name = name
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func bind(_ bindings: Bindings) throws(SQLError) {
        guard sqlite3_bind_parameter_count(handle) == bindings.count else {
            throw SQLError(sqlite: SQLITE_RANGE, message: "not every parameter has a value", doing: name)
        }
        for number in 0..<bindings.count {
            let (parameter, value) = bindings[number]
            try check(bind(value, at: index(of: parameter.utf8Start, number: number)))
        }
    }

    /// The index of a parameter by the address of its name, which is a constant of the program.
    private func index(of name: UnsafePointer<UInt8>, number: Int) -> Int32 {
        if number < indices.count && indices[number].name == name { return indices[number].index }
        let index = name.withMemoryRebound(to: CChar.self, capacity: 1) { sqlite3_bind_parameter_index(handle, $0) }
        indices.removeSubrange(min(number, indices.count)...)
        indices.append((name, index))
        return index
    }

    func step() throws(SQLError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    func write(changing count: Int?) throws(SQLError) {
        while try step() {}
        if let count, count != changes { throw .miscounted(name) }
    }

    var changes: Int { Int(sqlite3_changes(sqlite3_db_handle(handle))) }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func integer(at column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    func text(at column: Int32) -> String? {
        guard let start = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func octets(at column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func unreadable(_ column: Int32) -> SQLError {
        .unreadable("column \(column) of \(name)")
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(handle, index)
        case .integer(let number):
            return sqlite3_bind_int64(handle, index, number)
        case .text(let text):
            let byteCount = Int32(text.utf8.count)
            return text.withCString { csqlite_bind_text(handle, index, $0, byteCount) }
        case .blob(let octets):
            return octets.withUnsafeBytes { csqlite_bind_blob(handle, index, $0.baseAddress, Int32($0.count)) }
        }
    }

    private func check(_ code: Int32) throws(SQLError) {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> SQLError {
        SQLError(sqlite: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), doing: name)
    }
}
