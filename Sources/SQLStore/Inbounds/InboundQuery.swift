/// Inbound messages, and lists of them with their counts.
enum InboundQuery: Int, Query {
    case insert, insertMedia, isKnown, isReused, countUnaddressed, answered, conversed, quarantined, drop, dropAged,
        find, count, list, countTo, listTo, countReferenced, listReferenced

    private static let isToListed =
        "(CAST(:recipients AS TEXT) IS NULL OR recipient IN (SELECT value FROM each_text(:recipients)))"

    var sql: String {
        switch self {
        case .insert:
            "INSERT INTO inbound \(WrittenInbound.columns.values)"
        case .insertMedia:
            "INSERT INTO inbound_media (hash, inbound) VALUES (:hash, :inbound) ON CONFLICT DO NOTHING"
        // Whether the same message has come to the number before.
        case .isKnown:
            """
            SELECT 1
            FROM inbound
            WHERE mmsc = :mmsc AND delivery = :delivery AND recipient = :recipient AND fingerprint = :fingerprint
                AND received_at > :since
            LIMIT 1
            """
        // Whether another message has come to the number under the same identifier.
        case .isReused:
            """
            SELECT 1
            FROM inbound
            WHERE mmsc = :mmsc AND delivery = :delivery AND recipient = :recipient AND received_at > :since
            LIMIT 1
            """
        case .countUnaddressed:
            """
            SELECT count(*)
            FROM (SELECT 1 FROM inbound WHERE owner IS NULL AND recipient = '' LIMIT :limit) AS counted
            """
        // The newest messages of ours that an MMSC gave a MessageID, and what their customers call them.
        case .answered:
            """
            SELECT \(AnsweredColumn.list)
            FROM message
            JOIN batch ON batch.id = message.batch
            WHERE message.mmsc = :mmsc AND message.message_id = :message_id
            ORDER BY message.id DESC
            LIMIT 100
            """
        case .conversed:
            Self.conversation(in: .sqlite)
        case .quarantined:
            "SELECT mmsc, delivery, fingerprint, received_at FROM inbound WHERE id = :id AND owner IS NULL"
        case .drop:
            "DELETE FROM inbound WHERE id = :id"
        // Messages that are still to be read, notified or uploaded stay until that is done.
        case .dropAged:
            """
            DELETE FROM inbound
            WHERE rowid IN (
                SELECT rowid
                FROM inbound
                WHERE received_at < :before AND NOT is_unread
                    AND NOT EXISTS (
                        SELECT 1
                        FROM event
                        JOIN call ON call.event = event.id
                        WHERE event.inbound = inbound.id AND call.due_at IS NOT NULL)
                    AND NOT EXISTS (SELECT 1 FROM upload WHERE upload.inbound = inbound.id)
                ORDER BY received_at
                LIMIT :limit)
            """
        case .find:
            """
            SELECT \(InboundColumn.list)
            FROM inbound
            LEFT JOIN owner ON owner.id = inbound.owner
            WHERE inbound.id = :id
            """
        case .count:
            """
            SELECT count(*)
            FROM inbound
            WHERE owner = :owner AND received_at >= :from AND received_at < :until
            """
        case .list:
            """
            SELECT \(InboundColumn.list)
            FROM inbound
            JOIN owner ON owner.id = inbound.owner
            WHERE inbound.rowid IN (
                SELECT rowid
                FROM inbound
                WHERE owner = :owner AND received_at >= :from AND received_at < :until
                ORDER BY received_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY received_at DESC, inbound.rowid DESC
            """
        case .countTo:
            """
            SELECT count(*)
            FROM inbound INDEXED BY inbound_to
            WHERE owner = :owner AND recipient IN (SELECT value FROM each_text(:recipients)) AND received_at >= :from
                AND received_at < :until
            """
        case .listTo:
            """
            SELECT \(InboundColumn.list)
            FROM inbound
            JOIN owner ON owner.id = inbound.owner
            WHERE inbound.rowid IN (
                SELECT rowid
                FROM inbound INDEXED BY inbound_to
                WHERE owner = :owner AND recipient IN (SELECT value FROM each_text(:recipients)) AND received_at >= :from
                    AND received_at < :until
                ORDER BY received_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY received_at DESC, inbound.rowid DESC
            """
        case .countReferenced:
            """
            SELECT count(*)
            FROM inbound
            WHERE owner = :owner AND client_reference = :client_reference AND received_at >= :from AND received_at < :until
                AND \(Self.isToListed)
            """
        case .listReferenced:
            """
            SELECT \(InboundColumn.list)
            FROM inbound
            JOIN owner ON owner.id = inbound.owner
            WHERE inbound.rowid IN (
                SELECT rowid
                FROM inbound
                WHERE owner = :owner AND client_reference = :client_reference AND received_at >= :from AND received_at < :until
                    AND \(Self.isToListed)
                ORDER BY received_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY received_at DESC, inbound.rowid DESC
            """
        }
    }

    func sql(in dialect: Dialect) -> String {
        self == .conversed ? Self.conversation(in: dialect) : sql
    }
}
