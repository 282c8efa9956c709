import CSQLite
import SQLStore

extension SQLError {
    /// - Parameter code: the extended result code.
    init(sqlite code: Int32, message: String, doing: String) {
        let kind: Kind =
            switch code & 0xFF {
            case SQLITE_FULL: .full
            case SQLITE_IOERR: code == Self.syncFailed || code == Self.folderSyncFailed ? .sync : .disk
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOMEM, SQLITE_INTERRUPT, SQLITE_PROTOCOL:
                .unavailable
            default: .broken
            }
        self.init(kind: kind, code: "SQLite \(code)", message: message, doing: doing)
    }

    // The C macros are expressions that Swift does not import.
    private static let syncFailed = SQLITE_IOERR | (4 << 8)
    private static let folderSyncFailed = SQLITE_IOERR | (5 << 8)

    /// What the machine is too slow for at the moment.
    static func givenUp(_ reason: String) -> SQLError {
        SQLError(kind: .unavailable, message: reason, doing: "copying the database")
    }
}
