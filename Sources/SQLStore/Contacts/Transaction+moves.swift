import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives the messages that lists have of a contact to another, in steps.
    func moveMessages(from other: StoredContact.ID, to contact: StoredContact.ID) throws(SQLError) {
        let both: Bindings = [":other": .id(other), ":contact": .id(contact)]
        try connection.write(MoveQuery.redirect, both)
        try connection.write(MoveQuery.note, both)
    }

    /// The next step.
    ///
    /// - Returns: 0 where there is nothing to move.
    func moveMessages(limit: Int) throws(SQLError) -> Int {
        let next = try connection.first(MoveQuery.next) { (row) throws(SQLError) in
            (other: try row.text(), contact: try row.text())
        }
        guard let next else { return 0 }
        let other: Bindings = [":other": .text(next.other)]
        let count = try connection.run(
            MoveQuery.move, other.with([":contact": .text(next.contact), ":limit": .integer(limit)]))
        if count < limit { try connection.write(MoveQuery.end, other) }
        return max(count, 1)
    }
}
