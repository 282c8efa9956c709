import FoundationEssentials
import GatewayCore
import SQLStore

/// A number in a row of this process that each of its commits raises: after a lost connection it says whether the last one
/// was made.
final class CommitMark {
    /// The row's key: that of the data directory, which one process has at a time.
    private let home: String
    private var number = 0

    /// Makes the row.
    init(of home: ULID, on driver: PostgresDriver) throws(SQLError) {
        self.home = home.description
        try driver.query(
            """
            INSERT INTO commit_mark (home, commits) VALUES ('\(home)', 0)
            ON CONFLICT (home) DO UPDATE SET commits = 0
            """, doing: "starting")
    }

    /// The statement that sets the next number.
    func next() -> String {
        number += 1
        // The row may be gone: a process that is cut off for a day is forgotten.
        return "INSERT INTO commit_mark (home, commits) VALUES ('\(home)', \(number)) "
            + "ON CONFLICT (home) DO UPDATE SET commits = excluded.commits"
    }

    /// The statement that removes the row.
    var removal: String { "DELETE FROM commit_mark WHERE home = '\(home)'" }

    /// Whether the last number that was given out is the one in the database.
    func isLast(on driver: PostgresDriver) throws(SQLError) -> Bool {
        let result = try driver.query(
            "SELECT commits FROM commit_mark WHERE home = '\(home)'", doing: "looking for a commit")
        return result.text(0, 0) == "\(number)"
    }
}

extension PostgresDriver {
    /// At the end of a copy: its mark goes, and others may have the database at once.
    func letGo() {
        guard let mark, !isLost else { return }
        // A row that stays does no harm, and the server ends the right with the connection.
        _ = try? query("\(mark.removal); SELECT pg_advisory_unlock_all()", doing: "ending")
    }
}
