/// Statements for owners, and for the answers kept for them.
enum OwnerQuery: Int, Query {
    case find, name, insert, keptAnswer, keepAnswer, dropAgedAnswers

    var sql: String {
        switch self {
        case .find:
            "SELECT id FROM owner WHERE kind = :kind AND name = :name"
        case .name:
            "SELECT kind, name FROM owner WHERE id = :id"
        case .insert:
            "INSERT INTO owner (kind, name) VALUES (:kind, :name) ON CONFLICT DO NOTHING"
        case .keptAnswer:
            """
            SELECT \(KeptAnswerColumn.list)
            FROM kept_answer
            WHERE owner = :owner AND key = :key AND created_at > :since
            """
        // An answer that is too old is replaced.
        case .keepAnswer:
            """
            INSERT INTO kept_answer (owner, key, request, status, body, created_at)
            VALUES (:owner, :key, :request, :status, :body, :created_at)
            ON CONFLICT (owner, key) DO UPDATE
            SET request = excluded.request, status = excluded.status, body = excluded.body,
                created_at = excluded.created_at
            WHERE kept_answer.created_at <= :since
            """
        // A few are removed with each answer that is kept, so that the table grows no larger than what is to be kept.
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
