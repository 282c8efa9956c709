/// Statements for a database that was restored from a backup.
enum RestorationQuery: Int, Query {
    case doubt, sliceEnd, isCopy, endCopy

    var sql: String {
        switch self {
        // A message whose batch has begun may have been sent since the backup. Nobody knows to which of its carriers,
        // so the first one gets it again. No try is used up, and a message that waits for media goes on waiting.
        case .doubt:
            """
            UPDATE message
            SET state = :state, mmsc = substr(carriers, 1, instr(carriers || ' ', ' ') - 1),
                carriers = '=' || substr(carriers, 1, instr(carriers || ' ', ' ') - 1), changed_at = :now,
                attempts = attempts + 1, spared = spared + 1, may_have_arrived = 1,
                position = CASE WHEN position IS NULL AND paused_until IS NULL THEN NULL ELSE :position END, paused_until = NULL
            WHERE id IN (
                SELECT message.id
                FROM message INDEXED BY message_unsettled
                CROSS JOIN batch_progress ON batch_progress.batch = message.batch
                WHERE message.state IN ('queued', 'in_doubt') AND message.state = 'queued'
                    AND (message.expire_at, message.id) > (:expire_at, :id)
                    AND (message.expire_at, message.id) <= (:last_expire_at, :last_id)
                    AND (batch_progress.begins_at IS NULL OR batch_progress.begins_at <= :now))
            """
        case .isCopy:
            "SELECT copied_at IS NOT NULL FROM pulse WHERE id = 1"
        // What was queued in the copy is in doubt.
        case .endCopy:
            "UPDATE pulse SET copied_at = NULL WHERE id = 1"
        // The last of the next so many waiting messages after a position.
        case .sliceEnd:
            """
            SELECT expire_at, id
            FROM message INDEXED BY message_unsettled
            WHERE state IN ('queued', 'in_doubt') AND (expire_at, id) > (:expire_at, :id)
            ORDER BY expire_at, id
            LIMIT 1 OFFSET :offset
            """
        }
    }
}
