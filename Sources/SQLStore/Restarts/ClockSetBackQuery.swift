/// For a clock that was set back: pauses and claims that began later than the present time. A time that a customer
/// chose and a position in a queue are not pauses.
enum ClockSetBackQuery: Int, Query {
    case messages, claims, cancellations, calls, media

    var sql: String {
        switch self {
        case .messages:
            """
            UPDATE message
            SET position = :position, paused_until = NULL
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_paused
                WHERE paused_until IS NOT NULL AND changed_at > :now
                LIMIT :limit)
            RETURNING carriers
            """
        // A claim that is being worked on goes on; one whose outcome could not be recorded ends when it would have
        // ended.
        case .claims:
            """
            UPDATE message
            SET lease_until = :last
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_leased
                WHERE lease_until > :last
                LIMIT :limit)
            """
        // Only cancellations that were tried have a pause or a lease.
        case .cancellations:
            """
            UPDATE message
            SET cancel_due_at = CASE cancel_tries WHEN 0 THEN CAST(:now AS BIGINT) ELSE CAST(:last AS BIGINT) END
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_cancel_due
                WHERE cancel_due_at > :now AND (cancel_tries = 0 OR cancel_due_at > :last)
                LIMIT :limit)
            RETURNING mmsc
            """
        // A call that was not claimed since its event is due at once.
        case .calls:
            """
            UPDATE call
            SET due_at = CASE
                WHEN paused_at IS NOT NULL OR due_at = (SELECT created_at FROM event WHERE event.id = call.event)
                THEN CAST(:now AS BIGINT)
                ELSE CAST(:last AS BIGINT)
            END
            WHERE target = :target AND event IN (
                SELECT event
                FROM call
                WHERE owner = :owner AND target = :target AND due_at > :now
                    AND (paused_at > :now OR due_at = (SELECT created_at FROM event WHERE event.id = call.event)
                        OR paused_at IS NULL AND due_at > :last)
                LIMIT :limit)
            """
        case .media:
            """
            UPDATE batch_progress
            SET media_due_at = :now
            WHERE batch IN (
                SELECT batch
                FROM batch_progress
                WHERE media_due_at > :now AND (media_tried_at > :now OR media_tries = 0 AND begins_at IS NULL)
                LIMIT :limit)
            """
        }
    }
}
