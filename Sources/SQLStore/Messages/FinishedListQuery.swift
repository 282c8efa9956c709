/// Lists of final messages, each with the number of messages on all its pages.
///
/// `:states` lists `state:failure` of each state wanted; it is NULL for all.
enum FinishedListQuery: Int, Query {
    case count, list, countReferenced, listReferenced

    private static let final = "('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')"

    private static let isWanted = """
        (CAST(:states AS TEXT) IS NULL
            OR message.state || ':' || coalesce(message.failure, '') IN (SELECT value FROM each_text(:states)))
        """

    var sql: String {
        switch self {
        case .count:
            """
            SELECT count(*)
            FROM message
            WHERE owner = :owner
                AND state IN \(Self.final)
                AND changed_at >= :from AND changed_at < :until
                AND \(Self.isWanted)
            """
        case .list:
            """
            SELECT \(MessageColumn.list), \(LabelColumn.list)
            FROM message
            JOIN batch ON batch.id = message.batch
            WHERE message.id IN (
                SELECT id
                FROM message
                WHERE owner = :owner
                    AND state IN \(Self.final)
                    AND changed_at >= :from AND changed_at < :until
                    AND \(Self.isWanted)
                ORDER BY changed_at DESC, state DESC, failure DESC, id DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY message.changed_at DESC, message.state DESC, message.failure DESC, message.id DESC
            """
        case .countReferenced:
            """
            SELECT count(*)
            FROM batch
            JOIN message ON message.batch = batch.id
            WHERE batch.owner = :owner AND batch.client_reference = :client_reference
                AND message.state IN \(Self.final)
                AND message.changed_at >= :from AND message.changed_at < :until
                AND \(Self.isWanted)
            """
        case .listReferenced:
            """
            SELECT \(MessageColumn.list), \(LabelColumn.list)
            FROM batch
            JOIN message ON message.batch = batch.id
            WHERE batch.owner = :owner AND batch.client_reference = :client_reference
                AND message.state IN \(Self.final)
                AND message.changed_at >= :from AND message.changed_at < :until
                AND \(Self.isWanted)
            ORDER BY message.changed_at DESC, message.state DESC, message.failure DESC, message.id DESC
            LIMIT :limit OFFSET :offset
            """
        }
    }
}
