/// Messages with their histories, found one by one, for an operator.
enum StoryQuery: Int, Query {
    case countByID, listByID, countInBatch, listInBatch, countByMessageID, listByMessageID, message, sharing
    case attempts, cancelAttempts, reports, notifications

    var sql: String {
        switch self {
        case .countByID:
            "SELECT count(*) FROM message WHERE id = :name"
        case .listByID:
            "SELECT id FROM message WHERE id = :name LIMIT :limit"
        case .countInBatch:
            "SELECT count(*) FROM message WHERE batch = :name"
        case .listInBatch:
            "SELECT id FROM message WHERE batch = :name ORDER BY id LIMIT :limit"
        // The index begins with the MMSC, of which there are few: each is found in one step from the one before.
        case .countByMessageID:
            """
            WITH RECURSIVE reached (mmsc) AS (
                SELECT min(mmsc) FROM message WHERE message_id IS NOT NULL
                UNION ALL
                SELECT (SELECT min(message.mmsc) FROM message
                    WHERE message.message_id IS NOT NULL AND message.mmsc > reached.mmsc)
                FROM reached
                WHERE reached.mmsc IS NOT NULL)
            SELECT count(*)
            FROM reached
            JOIN message ON message.mmsc = reached.mmsc AND message.message_id = :name
            """
        case .listByMessageID:
            """
            WITH RECURSIVE reached (mmsc) AS (
                SELECT min(mmsc) FROM message WHERE message_id IS NOT NULL
                UNION ALL
                SELECT (SELECT min(message.mmsc) FROM message
                    WHERE message.message_id IS NOT NULL AND message.mmsc > reached.mmsc)
                FROM reached
                WHERE reached.mmsc IS NOT NULL)
            SELECT message.id
            FROM reached
            JOIN message ON message.mmsc = reached.mmsc AND message.message_id = :name
            ORDER BY message.id
            LIMIT :limit
            """
        case .message:
            """
            SELECT \(MessageColumn.list), \(StoryColumn.list)
            FROM message
            WHERE id = :message
            """
        case .sharing:
            """
            SELECT recipient
            FROM message
            WHERE batch = :batch AND shared_request = :request
            ORDER BY id
            """
        case .attempts:
            """
            SELECT \(AttemptColumn.list)
            FROM attempt
            WHERE message = :message
            ORDER BY number DESC
            LIMIT :limit
            """
        case .cancelAttempts:
            """
            SELECT \(CancelAttemptColumn.list)
            FROM cancel_attempt
            WHERE message = :message
            ORDER BY number
            """
        case .reports:
            """
            SELECT \(ReportColumn.list)
            FROM report
            WHERE message = :message
            ORDER BY number
            """
        case .notifications:
            """
            SELECT \(NotificationColumn.list)
            FROM event
            JOIN call ON call.event = event.id
            WHERE batch = :batch AND (message = :message OR message IS NULL)
            ORDER BY event.id, call.target
            """
        }
    }
}
