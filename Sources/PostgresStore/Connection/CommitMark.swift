import FoundationEssentials
import GatewayCore
import SQLStore

/// A number in the row of this process that each of its commits raises: after a lost connection it says whether the last
/// one was made.
final class CommitMark {
    /// The row's identifier.
    private let replica: ULID
    private var number = 0

    /// Makes the row.
    init(on driver: PostgresDriver) throws(SQLError) {
        replica = ULIDGenerator().next(at: Date())
        try driver.query(
            "INSERT INTO replica (id, started_at, commits) VALUES ('\(replica)', now(), 0)", doing: "starting")
    }

    /// The statement that sets the next number.
    func next() -> String {
        number += 1
        return "UPDATE replica SET commits = \(number) WHERE id = '\(replica)'"
    }

    /// The statement that removes the row.
    var removal: String { "DELETE FROM replica WHERE id = '\(replica)'" }

    /// Whether the last number that was given out is the one in the database.
    func isLast(on driver: PostgresDriver) throws(SQLError) -> Bool {
        let result = try driver.query(
            "SELECT commits FROM replica WHERE id = '\(replica)'", doing: "looking for a commit")
        return result.text(0, 0) == "\(number)"
    }
}

extension PostgresDriver {
    /// At the end of the process: its row goes, and the next may have the database at once.
    func leaveDatabase() {
        guard let mark, !isLost else { return }
        // A row that stays does no harm, and the server ends the right with the connection.
        _ = try? query("\(mark.removal); SELECT pg_advisory_unlock_all()", doing: "ending")
    }
}
