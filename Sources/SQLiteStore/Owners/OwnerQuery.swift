/// Owners, and the answers kept for them.
enum OwnerQuery: Int, Query {
    case find, name, insert, keptAnswer, keepAnswer, dropAgedAnswers

    var sql: String {
        switch self {
        case .find:
            "SELECT id FROM owner WHERE kind = :kind AND name = :name"
        case .name:
            "SELECT kind, name FROM owner WHERE id = :id"
        case .insert:
            "INSERT OR IGNORE INTO owner (kind, name) VALUES (:kind, :name)"
        case .keptAnswer:
            """
            SELECT \(KeptAnswerColumn.list)
            FROM kept_answer
            WHERE owner = :owner AND key = :key AND created_at > :since
            """
        // An answer older than its life gives way.
        case .keepAnswer:
            """
            INSERT INTO kept_answer (owner, key, request, status, body, created_at)
            VALUES (:owner, :key, :request, :status, :body, :created_at)
            ON CONFLICT (owner, key) DO UPDATE
            SET request = excluded.request, status = excluded.status, body = excluded.body,
                created_at = excluded.created_at
            WHERE kept_answer.created_at <= :since
            """
        // A few at a time, with each that is kept: the table grows no further than a day's answers.
        case .dropAgedAnswers:
            """
            DELETE FROM kept_answer
            WHERE (owner, key) IN (
                SELECT owner, key
                FROM kept_answer
                WHERE created_at <= :since
                ORDER BY created_at
                LIMIT 8)
            """
        }
    }
}
