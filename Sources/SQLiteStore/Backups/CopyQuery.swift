import SQLStore

/// Statements on a copy of the database, which nobody waits for: they may read tables from end to end.
enum CopyQuery: Int, Query {
    case counts, copiedAt, mark, integrity, strays, media

    var sql: String {
        switch self {
        case .counts:
            """
            SELECT (SELECT count(*) FROM batch), (SELECT count(*) FROM message),
                (SELECT count(*) FROM message INDEXED BY message_unsettled WHERE state IN ('queued', 'in_doubt')),
                (SELECT count(*) FROM inbound)
            """
        case .copiedAt:
            "SELECT copied_at FROM pulse WHERE id = 1"
        case .mark:
            "UPDATE pulse SET copied_at = :now WHERE id = 1"
        case .integrity:
            "PRAGMA integrity_check(20)"
        // A table and the one that its rows refer to in vain.
        case .strays:
            "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check LIMIT 20"
        // The next contents that are named anywhere, in the order of their hashes.
        case .media:
            """
            SELECT hash FROM batch_medium WHERE hash > :last
            UNION
            SELECT hash FROM inbound_media WHERE hash > :last
            ORDER BY hash
            LIMIT :limit
            """
        }
    }
}
