/// Statements for a database that was restored from a backup.
enum RestorationQuery: Int, Query {
    case doubt, doubtNew, doubtAppBatches, doubtGroups, sliceEnd, isCopy, endCopy

    /// The time of what had begun before the restoration: in `app_batch.due_at` and `batch_progress.begins_at`, of those
    /// whose recipients are still to become messages.
    static let before = -1

    /// Nobody knows to which of its carriers a message went, so the first one gets it again. No try is used up, and a
    /// message that waits for media goes on waiting.
    private static func setInDoubt(_ dialect: Dialect) -> String {
        let first =
            switch dialect {
            case .sqlite: "substr(carriers, 1, instr(carriers || ' ', ' ') - 1)"
            case .postgres: "split_part(carriers, ' ', 1)"
            }
        return """
            UPDATE message
            SET state = :state, mmsc = \(first), carriers = '=' || \(first), changed_at = :now,
                attempts = attempts + 1, spared = spared + 1, may_have_arrived = TRUE,
                position = CASE
                    WHEN position IS NULL AND paused_until IS NULL THEN NULL
                    ELSE CAST(:position AS BIGINT)
                END,
                paused_until = NULL
            """
    }

    var sql: String { sql(in: .sqlite) }

    func sql(in dialect: Dialect) -> String {
        switch self {
        // A message whose batch has begun may have been sent since the backup.
        case .doubt:
            """
            \(Self.setInDoubt(dialect))
            WHERE id IN (
                SELECT message.id
                FROM message INDEXED BY message_unsettled
                CROSS JOIN batch_progress ON batch_progress.batch = message.batch
                WHERE message.state IN ('queued', 'in_doubt') AND message.state = 'queued'
                    AND (message.expire_at, message.id) > (:expire_at, :id)
                    AND (message.expire_at, message.id) <= (:last_expire_at, :last_id)
                    AND (batch_progress.begins_at IS NULL OR batch_progress.begins_at <= :now))
            """
        // Messages that were just made of the recipients of a batch that is in doubt itself.
        case .doubtNew:
            """
            \(Self.setInDoubt(dialect))
            WHERE id IN (SELECT value FROM each_text(:messages)) AND state = 'queued'
            """
        // Recipients that were still to become messages may have become some since.
        case .doubtAppBatches:
            """
            UPDATE app_batch
            SET due_at = \(Self.before)
            WHERE due_at BETWEEN 0 AND :now
            RETURNING recipient_count - processed
            """
        case .doubtGroups:
            """
            UPDATE batch_progress
            SET begins_at = \(Self.before)
            WHERE batch IN (
                SELECT batch
                FROM batch_progress INDEXED BY batch_progress_media_due
                WHERE media_due_at IS NOT NULL AND is_unexpanded AND (begins_at IS NULL OR begins_at <= :now))
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
