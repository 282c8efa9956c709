import CSQLite
import GatewayCore

/// A call that SQLite, or the file behind it, refused.
struct SQLiteError: Error, Equatable {
    /// The extended result code.
    let code: Int32
    /// SQLite's own words; it names tables and columns, never values.
    let message: String
    /// What was being done: the name of the statement.
    let doing: String

    /// A row that does not say what the schema promises.
    static func unreadable(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_CORRUPT, message: "not what the schema says", doing: "reading \(what)")
    }

    /// What the program itself would have done wrong, had it gone on.
    static func mistake(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_INTERNAL, message: what, doing: "deciding")
    }

    /// Whether the disk failed at it. What it was asked to write may stand there all the same.
    var isOfDisk: Bool { code & 0xFF == SQLITE_IOERR }

    /// Whether the disk failed after all was written, when that was to be made durable.
    var isOfSync: Bool { code == SQLITE_IOERR | (4 << 8) || code == SQLITE_IOERR | (5 << 8) }

    /// A database that must not be worked with.
    static func refused(_ reason: String) -> SQLiteError {
        SQLiteError(code: SQLITE_NOTADB, message: reason, doing: "opening the database")
    }
}

extension SQLiteError: CustomStringConvertible {
    var description: String { "\(doing): \(message) (SQLite \(code))" }
}

extension StoreFailure {
    /// What is the machine's fault may pass; what is the program's or the file's does not.
    init(_ error: SQLiteError) {
        switch error.code & 0xFF {
        case SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM,
            SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL:
            self = .unavailable(error.description)
        default:
            self = .broken(error.description)
        }
    }
}
