/// Lists of final messages, each with the count of what it would hold without pages.
///
/// `:states` is `|state:failure|` of each state wanted, or NULL for all.
enum FinishedListQuery: String, Query {
    case count = """
        SELECT count(*)
        FROM message
        WHERE owner = :owner
            AND state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')
            AND changed_at >= :from AND changed_at < :until
            AND (:states IS NULL OR instr(:states, '|' || message.state || ':' || coalesce(message.failure, '') || '|') > 0)
        """

    case list = """
        SELECT message.id, message.batch, message.recipient, message.carriers, message.state, message.failure,
            message.message_id, message.changed_at, message.attempts, message.network_time, message.status_text,
            CASE WHEN batch.is_originator_default THEN batch.originator END, batch.client_reference,
            batch.media_url IS NOT NULL
        FROM message
        JOIN batch ON batch.id = message.batch
        WHERE message.id IN (
            SELECT id
            FROM message
            WHERE owner = :owner
                AND state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')
                AND changed_at >= :from AND changed_at < :until
                AND (:states IS NULL OR instr(:states, '|' || message.state || ':' || coalesce(message.failure, '') || '|') > 0)
            ORDER BY changed_at DESC, state DESC, failure DESC, id DESC
            LIMIT :limit OFFSET :offset)
        ORDER BY message.changed_at DESC, message.state DESC, message.failure DESC, message.id DESC
        """

    case countReferenced = """
        SELECT count(*)
        FROM batch
        JOIN message ON message.batch = batch.id
        WHERE batch.owner = :owner AND batch.client_reference = :client_reference
            AND message.state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')
            AND message.changed_at >= :from AND message.changed_at < :until
            AND (:states IS NULL OR instr(:states, '|' || message.state || ':' || coalesce(message.failure, '') || '|') > 0)
        """

    case listReferenced = """
        SELECT message.id, message.batch, message.recipient, message.carriers, message.state, message.failure,
            message.message_id, message.changed_at, message.attempts, message.network_time, message.status_text,
            CASE WHEN batch.is_originator_default THEN batch.originator END, batch.client_reference,
            batch.media_url IS NOT NULL
        FROM batch
        JOIN message ON message.batch = batch.id
        WHERE batch.owner = :owner AND batch.client_reference = :client_reference
            AND message.state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')
            AND message.changed_at >= :from AND message.changed_at < :until
            AND (:states IS NULL OR instr(:states, '|' || message.state || ':' || coalesce(message.failure, '') || '|') > 0)
        ORDER BY message.changed_at DESC, message.state DESC, message.failure DESC, message.id DESC
        LIMIT :limit OFFSET :offset
        """
}
