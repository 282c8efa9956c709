import CSQLite
import SQLStore

/// How far a copy has got.
package struct CopyProgress: Sendable, Equatable {
    package let pages: Int
    package let remainingPages: Int
    /// How large the log of the database is at this moment.
    package let logBytes: Int
}

extension SQLiteDriver {
    /// Copies the whole database into that of another connection, as it is at the beginning.
    ///
    /// One reading transaction is held over all steps. Without it a step would see what the gateway has committed since
    /// the one before, and SQLite would begin the copy anew: under load it would never end. While it is held, SQLite can
    /// carry the log over but not begin it anew, so the log grows by what is committed meanwhile.
    ///
    /// - Parameters:
    ///   - stepPages: the pages that are copied between two calls of `afterStep`.
    ///   - afterStep: may wait, and may end the copy by an error.
    func copy(
        to target: SQLiteDriver, stepPages: Int32,
        afterStep: (_ pages: Int, _ remaining: Int) throws(SQLError) -> Void
    ) throws(SQLError) {
        let doing = "copying the database"
        try beginReading()
        defer { rollBack() }
        // What is seen begins with the first read.
        _ = try value(of: "SELECT count(*) FROM sqlite_schema")
        guard let copy = sqlite3_backup_init(try target.opened(), "main", try opened(), "main") else {
            throw target.failure(doing: doing)
        }
        var code: Int32 = SQLITE_OK
        do throws(SQLError) {
            while code != SQLITE_DONE {
                code = sqlite3_backup_step(copy, stepPages)
                guard code == SQLITE_OK || code == SQLITE_DONE else { break }
                try afterStep(Int(sqlite3_backup_pagecount(copy)), Int(sqlite3_backup_remaining(copy)))
            }
        } catch {
            sqlite3_backup_finish(copy)
            throw error
        }
        // It repeats an error of the last step, and leaves its text with the target.
        guard sqlite3_backup_finish(copy) == SQLITE_OK, code == SQLITE_DONE else {
            throw target.failure(code, doing: doing)
        }
    }
}
