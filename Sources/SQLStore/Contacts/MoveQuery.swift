/// Statements for messages in lists whose contact became another by a merge.
enum MoveQuery: Int, Query {
    case note, redirect, next, move, end

    var sql: String {
        switch self {
        case .note:
            "INSERT INTO contact_move (other, contact) VALUES (:other, :contact)"
        // The contact that they were to be given to is merged itself.
        case .redirect:
            "UPDATE contact_move SET contact = :contact WHERE contact = :other"
        case .next:
            "SELECT other, contact FROM contact_move LIMIT 1"
        case .move:
            """
            UPDATE app_message
            SET contact = :contact
            WHERE id IN (SELECT id FROM app_message WHERE contact = :other LIMIT :limit)
            """
        case .end:
            "DELETE FROM contact_move WHERE other = :other"
        }
    }
}
