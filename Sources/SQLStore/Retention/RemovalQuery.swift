/// Statements for the removal of what has ended before `:before`. Each item is looked at twice: among others beside the
/// writer, and again in the transaction that removes it.
enum RemovalQuery: Int, Query {
    case batches, dropBatch, mark, dropEventsOfBatch, dropMessages, dropEmptyBatch, isMarked
    case events, dropEvent, messagesWithAttempts, dropAttempts, dropCancelAttempts, dropReports, dropAnswers

    /// Whether a call is still to be made, or is held behind another.
    private static let isOpen = "call.heard_at IS NULL AND (call.due_at IS NOT NULL OR call.tries = 0)"

    private static let final = "('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted')"

    /// Whether a batch has ended, and nothing is left that needs it.
    private static let isOver = """
        (batch_progress.open_count = 0 AND NOT batch_progress.is_unexpanded AND batch_progress.media_due_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM app_message WHERE app_message.batch = batch_progress.batch)
            AND NOT EXISTS (SELECT 1 FROM app_offer WHERE app_offer.batch = batch_progress.batch)
            AND EXISTS (SELECT 1 FROM batch WHERE batch.id = batch_progress.batch AND batch.modified_at < :before)
            AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.batch = batch_progress.batch)
            AND NOT EXISTS (
                SELECT 1
                FROM message
                WHERE message.batch = batch_progress.batch
                    AND (message.changed_at >= :before OR message.state NOT IN \(final)))
            AND NOT EXISTS (
                SELECT 1
                FROM event
                JOIN call ON call.event = event.id
                WHERE event.batch = batch_progress.batch AND \(isOpen)))
        """

    /// Whether nobody is to be notified of an event any more, and that was so before the time.
    private static let isEventOver = """
        (event.created_at < :before
            AND NOT EXISTS (
                SELECT 1
                FROM call
                WHERE call.event = event.id
                    AND (\(isOpen) OR coalesce(call.heard_at, call.paused_at, call.first_tried_at) >= :before)))
        """

    private static func isOver(of message: String) -> String {
        """
        EXISTS (
                SELECT 1
                FROM message
                WHERE message.id = \(message) AND message.state IN \(final) AND message.changed_at < :before)
        """
    }

    var sql: String {
        switch self {
        // Identifiers rise with the time, so the search ends at the first batch that is too young. One whose removal has
        // begun goes on without another look at what may be a million messages.
        case .batches:
            """
            SELECT batch,
                EXISTS (SELECT 1 FROM removal WHERE removal.batch = batch_progress.batch) AS is_marked,
                EXISTS (SELECT 1 FROM removal WHERE removal.batch = batch_progress.batch) OR \(Self.isOver),
                (SELECT count(*)
                    FROM (
                        SELECT 1
                        FROM message
                        WHERE message.batch = batch_progress.batch
                        LIMIT CAST(:small AS BIGINT) + 1) AS counted)
            FROM batch_progress
            WHERE batch > :after AND batch < :until
            ORDER BY batch
            LIMIT :look
            """
        case .dropBatch:
            """
            DELETE FROM batch
            WHERE id = :batch AND EXISTS (SELECT 1 FROM batch_progress WHERE batch_progress.batch = :batch AND \(Self.isOver))
            """
        case .mark:
            """
            INSERT INTO removal (batch)
            SELECT batch
            FROM batch_progress
            WHERE batch = :batch AND open_count = 0 AND NOT is_unexpanded
            ON CONFLICT DO NOTHING
            """
        case .isMarked:
            "SELECT 1 FROM removal WHERE batch = :batch"
        // Whatever is notified of later than this look is an event that is found in the next.
        case .dropEventsOfBatch:
            """
            DELETE FROM event
            WHERE id IN (SELECT id FROM event WHERE batch = :batch LIMIT :limit)
                AND NOT EXISTS (SELECT 1 FROM call WHERE call.event = event.id AND \(Self.isOpen))
            """
        case .dropMessages:
            """
            DELETE FROM message
            WHERE id IN (SELECT id FROM message WHERE batch = :batch LIMIT :limit)
            """
        case .dropEmptyBatch:
            """
            DELETE FROM batch
            WHERE id = :batch
                AND NOT EXISTS (SELECT 1 FROM message WHERE batch = :batch)
                AND NOT EXISTS (SELECT 1 FROM event WHERE batch = :batch)
                AND NOT EXISTS (SELECT 1 FROM app_message WHERE batch = :batch)
                AND NOT EXISTS (SELECT 1 FROM app_offer WHERE batch = :batch)
            """
        case .events:
            """
            SELECT id, \(Self.isEventOver), created_at < :before
            FROM event
            WHERE id > :after
            ORDER BY id
            LIMIT :look
            """
        case .dropEvent:
            "DELETE FROM event WHERE id = :event AND \(Self.isEventOver)"
        case .messagesWithAttempts:
            """
            SELECT attempted.message, \(Self.isOver(of: "attempted.message"))
            FROM (
                SELECT DISTINCT message
                FROM attempt
                WHERE message > :after AND message < :until
                ORDER BY message
                LIMIT :look) AS attempted
            ORDER BY attempted.message
            """
        case .dropAttempts:
            "DELETE FROM attempt WHERE message = :message AND \(Self.isOver(of: ":message"))"
        case .dropCancelAttempts:
            "DELETE FROM cancel_attempt WHERE message = :message AND \(Self.isOver(of: ":message"))"
        case .dropReports:
            "DELETE FROM report WHERE message = :message AND \(Self.isOver(of: ":message"))"
        case .dropAnswers:
            """
            DELETE FROM kept_answer
            WHERE (owner, key) IN (
                SELECT owner, key
                FROM kept_answer
                WHERE created_at < :before
                ORDER BY created_at
                LIMIT :limit)
            """
        }
    }
}
