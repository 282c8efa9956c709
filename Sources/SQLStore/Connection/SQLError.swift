package import GatewayCore

/// A call that the database, or what it keeps its data on, refused.
package struct SQLError: Error, Equatable {
    /// What follows from it.
    package enum Kind: Sendable {
        /// Another process is in the way.
        case busy
        /// There is no room.
        case full
        /// The disk failed; what was to be written may be there all the same.
        case disk
        /// The disk failed in the sync, after everything was written.
        case sync
        /// Something else that may pass.
        case unavailable
        /// A fault of the program or of the data, which does not pass.
        case broken
    }

    package let kind: Kind
    /// The database and its own code, such as `SQLite 13`; empty for what the store found itself.
    package let code: String
    /// The database's own text; it names tables and columns, never values.
    package let message: String
    /// What was being done: the name of the statement.
    package let doing: String

    package init(kind: Kind, code: String = "", message: String, doing: String) {
        self.kind = kind
        self.code = code
        self.message = message
        self.doing = doing
    }

    /// A row that is not as the schema promises.
    package static func unreadable(_ what: String) -> SQLError {
        SQLError(kind: .broken, message: "not what the schema says", doing: "reading \(what)")
    }

    /// - Parameter doing: the name of a statement that changed another number of rows than it had to.
    package static func miscounted(_ doing: String) -> SQLError {
        SQLError(kind: .broken, message: "a row that was just there is not, or there are several", doing: doing)
    }

    /// A mistake of the program, found before it did harm.
    package static func mistake(_ what: String) -> SQLError {
        SQLError(kind: .broken, message: what, doing: "deciding")
    }

    /// A database that must not be used.
    package static func refused(_ reason: String) -> SQLError {
        SQLError(kind: .broken, message: reason, doing: "opening the database")
    }

    /// Whether the disk failed.
    package var isOfDisk: Bool { kind == .disk || kind == .sync }
}

extension SQLError: CustomStringConvertible {
    package var description: String { "\(doing): \(message)" + (code.isEmpty ? "" : " (\(code))") }
}

extension StoreFailure {
    /// A fault of the machine may pass; a fault of the program or the data does not.
    package init(_ error: SQLError) {
        self = error.kind == .broken ? .broken(error.description) : .unavailable(error.description)
    }
}
