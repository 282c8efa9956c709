import CSQLite
import SQLStore

/// The least lengths of the files that a connection writes to.
struct LogExtent {
    let logBytes: Int
    /// The length of the database, once all of the log has been carried over.
    let databaseBytes: Int

    private static let headBytes = 32
    private static let frameHeadBytes = 24

    fileprivate init(frames: Int, pageBytes: Int, pages: Int) {
        logBytes = frames == 0 ? 0 : Self.headBytes + frames * (Self.frameHeadBytes + pageBytes)
        databaseBytes = pages * pageBytes
    }
}

extension SQLiteDriver {
    /// What SQLite believes to be in its files. It is read in a transaction that writes, so that nobody else changes
    /// it.
    ///
    /// It is in the index of the log, which SQLite has mapped in memory. Nothing else gives it without carrying the log
    /// over, and the index must not be opened as a file beside SQLite: closing it would drop SQLite's locks.
    func logExtent() throws(SQLError) -> LogExtent {
        var file: UnsafeMutablePointer<sqlite3_file>?
        var index: UnsafeMutableRawPointer?
        var code = sqlite3_file_control(try opened(), "main", SQLITE_FCNTL_FILE_POINTER, &file)
        if code == SQLITE_OK, let methods = file?.pointee.pMethods?.pointee, let map = methods.xShmMap {
            code = map(file, 0, Self.regionBytes, 0, &index)
        }
        guard code == SQLITE_OK, let index else {
            throw SQLError(sqlite: code, message: "the index of the log cannot be read", doing: "committing")
        }
        // sqlite.org/walformat, 2.1. A page of 65,536 bytes is written as 1.
        let pageSize = Int(index.load(fromByteOffset: 14, as: UInt16.self))
        return LogExtent(
            frames: Int(index.load(fromByteOffset: 16, as: UInt32.self)),
            pageBytes: pageSize == 1 ? 65_536 : pageSize,
            pages: Int(index.load(fromByteOffset: 20, as: UInt32.self)))
    }

    /// One part of the index, as SQLite maps it.
    private static let regionBytes: Int32 = 32_768
}
