/// Messages as an operator searches for them, the newest first.
///
/// No index begins with a number or with a reference: numbers would be spread over all messages ever sent, and make
/// every insertion slower. So each hour of the index of numbers, and each customer's or MMSC's part of the indexes of
/// references, is reached in one step from the one before.
enum FindQuery: Int, Query {
    case toNumber, fromNumber, byMessageID, byReference, inboundsByReference, message

    var sql: String {
        switch self {
        // A message expires after it was made: in hours before `:since` there is none that was made later.
        case .toNumber:
            """
            WITH RECURSIVE reached (hour) AS (
                SELECT max(expire_at / 3600000) FROM message
                UNION ALL
                SELECT (SELECT max(message.expire_at / 3600000) FROM message
                    WHERE message.expire_at / 3600000 < reached.hour)
                FROM reached
                WHERE reached.hour > CAST(:since AS BIGINT) / 3600000)
            SELECT message.id
            FROM reached
            CROSS JOIN message INDEXED BY message_to
                ON message.expire_at / 3600000 = reached.hour AND message.recipient = :text
            WHERE message.id >= :first
            ORDER BY message.id DESC
            LIMIT :limit
            """
        case .fromNumber:
            """
            WITH RECURSIVE reached (hour) AS (
                SELECT max(received_at / 3600000) FROM inbound
                UNION ALL
                SELECT (SELECT max(inbound.received_at / 3600000) FROM inbound
                    WHERE inbound.received_at / 3600000 < reached.hour)
                FROM reached
                WHERE reached.hour > CAST(:since AS BIGINT) / 3600000)
            SELECT inbound.id
            FROM reached
            CROSS JOIN inbound INDEXED BY inbound_from
                ON inbound.received_at / 3600000 = reached.hour AND inbound.sender = :text
            WHERE inbound.received_at >= :since
            ORDER BY inbound.received_at DESC, inbound.id DESC
            LIMIT :limit
            """
        case .byMessageID:
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
            CROSS JOIN message INDEXED BY message_at_mmsc
                ON message.mmsc = reached.mmsc AND message.message_id = :text
            WHERE message.id >= :first
            ORDER BY message.id DESC
            LIMIT :limit
            """
        case .byReference:
            """
            WITH RECURSIVE reached (owner) AS (
                SELECT min(owner) FROM batch WHERE client_reference IS NOT NULL
                UNION ALL
                SELECT (SELECT min(batch.owner) FROM batch
                    WHERE batch.client_reference IS NOT NULL AND batch.owner > reached.owner)
                FROM reached
                WHERE reached.owner IS NOT NULL)
            SELECT message.id
            FROM reached
            CROSS JOIN batch INDEXED BY batch_referenced
                ON batch.owner = reached.owner AND batch.client_reference = :text AND batch.created_at >= :since
            JOIN message ON message.batch = batch.id
            WHERE message.id >= :first
            ORDER BY message.id DESC
            LIMIT :limit
            """
        case .inboundsByReference:
            """
            WITH RECURSIVE reached (owner) AS (
                SELECT min(owner) FROM inbound WHERE client_reference IS NOT NULL
                UNION ALL
                SELECT (SELECT min(inbound.owner) FROM inbound
                    WHERE inbound.client_reference IS NOT NULL AND inbound.owner > reached.owner)
                FROM reached
                WHERE reached.owner IS NOT NULL)
            SELECT inbound.id
            FROM reached
            CROSS JOIN inbound INDEXED BY inbound_referenced
                ON inbound.owner = reached.owner AND inbound.client_reference = :text
            WHERE inbound.received_at >= :since
            ORDER BY inbound.received_at DESC, inbound.id DESC
            LIMIT :limit
            """
        case .message:
            """
            SELECT \(FindingColumn.list)
            FROM message
            JOIN batch ON batch.id = message.batch
            JOIN owner ON owner.id = message.owner
            WHERE message.id = :message
            """
        }
    }
}

/// What is read of a message that was found.
enum FindingColumn: Int, Columns {
    case id, batch, recipient, state, failure, messageID, mmsc, createdAt, clientReference, ownerKind, ownerName

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        case .createdAt, .clientReference: "batch.\(name)"
        default: "message.\(name)"
        }
    }
}
