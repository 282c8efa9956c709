/// Inbound messages, and lists of them with their counts.
enum InboundQuery: Int, Query {
    case insert, insertMedia, isKnown, isReused, countUnaddressed, answered, conversed, quarantined, drop, dropAged,
        find, count, list, countTo, listTo, countReferenced, listReferenced

    var sql: String {
        switch self {
        case .insert:
            "INSERT INTO inbound \(WrittenInbound.columns.values)"
        case .insertMedia:
            "INSERT OR IGNORE INTO inbound_media (hash, inbound) VALUES (:hash, :inbound)"
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
            FROM (SELECT 1 FROM inbound WHERE owner IS NULL AND recipient = '' LIMIT :limit)
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
        // The customer's reference of the message that its number last sent to a handset, whatever its result. Only the
        // newest messages of each listed hour of expiry are read: a handset may get thousands in a test.
        case .conversed:
            """
            SELECT batch.client_reference
            FROM json_each(:hours)
            JOIN message ON message.id IN (
                SELECT sent.id
                FROM message AS sent INDEXED BY message_to
                WHERE sent.expire_at / 3600000 = json_each.value AND sent.recipient = :handset AND sent.owner = :owner
                ORDER BY sent.id DESC
                LIMIT 20)
            JOIN batch ON batch.id = message.batch
            WHERE batch.originator = :number
                AND (message.message_id IS NOT NULL OR message.may_have_arrived OR message.state = 'submitting')
                AND coalesce(
                    (SELECT ended_at FROM attempt WHERE attempt.message = message.id ORDER BY number DESC LIMIT 1),
                    message.changed_at) BETWEEN :since AND :until
            ORDER BY coalesce(
                (SELECT ended_at FROM attempt WHERE attempt.message = message.id ORDER BY number DESC LIMIT 1),
                message.changed_at) DESC, message.id DESC
            LIMIT 1
            """
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
            WHERE owner = :owner AND recipient IN (SELECT value FROM json_each(:recipients)) AND received_at >= :from
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
                WHERE owner = :owner AND recipient IN (SELECT value FROM json_each(:recipients)) AND received_at >= :from
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
                AND (:recipients IS NULL OR recipient IN (SELECT value FROM json_each(:recipients)))
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
                    AND (:recipients IS NULL OR recipient IN (SELECT value FROM json_each(:recipients)))
                ORDER BY received_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY received_at DESC, inbound.rowid DESC
            """
        }
    }
}
