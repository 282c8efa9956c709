/// Inbound messages that their customers' APIs are still to read, and what those made of them.
enum UnreadQuery: Int, Query {
    case nextOwner, oldest, read, setEcho

    var sql: String {
        switch self {
        case .nextOwner:
            """
            SELECT inbound.owner, owner.kind, owner.name
            FROM inbound
            CROSS JOIN owner ON owner.id = inbound.owner
            WHERE inbound.is_unread AND inbound.owner > :after
            ORDER BY inbound.owner
            LIMIT 1
            """
        case .oldest:
            """
            SELECT id
            FROM inbound
            WHERE is_unread AND owner = :owner
            ORDER BY received_at, id
            LIMIT :limit
            """
        case .read:
            """
            UPDATE inbound
            SET echo = :echo, is_unread = FALSE
            WHERE id = :id AND nullif(is_unread, FALSE)
            RETURNING owner
            """
        case .setEcho:
            """
            UPDATE inbound
            SET echo = :echo
            WHERE id = :id AND echo = :old AND owner = :owner
            """
        }
    }
}
