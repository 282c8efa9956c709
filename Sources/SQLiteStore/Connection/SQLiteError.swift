import CSQLite
import GatewayCore

/// A call that SQLite, or the file behind it, refused.
struct SQLiteError: Error, Equatable {
    /// The extended result code.
    let code: Int32
    /// SQLite's own text; it names tables and columns, never values.
    let message: String
    /// What was being done: the name of the statement.
    let doing: String

    /// A row that is not as the schema promises.
    static func unreadable(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_CORRUPT, message: "not what the schema says", doing: "reading \(what)")
    }

    /// A mistake of the program, found before it did harm.
    static func mistake(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_INTERNAL, message: what, doing: "deciding")
    }

    /// Whether the disk failed. What was to be written may be there all the same.
    var isOfDisk: Bool { code & 0xFF == SQLITE_IOERR }

    /// Whether the disk failed in the sync, after everything was written.
    var isOfSync: Bool { code == SQLITE_IOERR | (4 << 8) || code == SQLITE_IOERR | (5 << 8) }

    /// What the machine is too slow for at the moment.
    static func givenUp(_ reason: String) -> SQLiteError {
        SQLiteError(code: SQLITE_INTERRUPT, message: reason, doing: "copying the database")
    }

    /// A database that must not be used.
    static func refused(_ reason: String) -> SQLiteError {
        SQLiteError(code: SQLITE_NOTADB, message: reason, doing: "opening the database")
    }
}

extension SQLiteError: CustomStringConvertible {
    var description: String { "\(doing): \(message) (SQLite \(code))" }
}

extension StoreFailure {
    /// A fault of the machine may pass; a fault of the program or the file does not.
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
