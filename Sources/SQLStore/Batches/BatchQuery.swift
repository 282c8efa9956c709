/// Statements for batches and their progress.
enum BatchQuery: Int, Query {
    case insert, insertTrace, replace, putProgress, find, findWithoutParameters, setEcho, unexpanded, countExpanded
    case recordExpansion, status, cancel, cancelProgress, clearOpenCount, countEnded, progress

    var sql: String {
        switch self {
        case .insert:
            "INSERT INTO batch \(WrittenBatch.columns.values)"
        case .insertTrace:
            "INSERT INTO batch_trace (batch, trace) VALUES (:batch, :trace)"
        case .replace:
            """
            UPDATE batch
            SET \(WrittenBatch.columns.assignments(but: ["id"]))
            WHERE id = :id
            """
        case .putProgress:
            """
            INSERT INTO batch_progress (
                batch, owner, interest, begins_at, open_count, target, revision, is_canceled, is_unexpanded, is_uniform,
                media_count, media_fetched, media_server, media_due_at, media_tries)
            VALUES (
                :batch, :owner, :interest, :begins_at, :open_count, :target, :revision, FALSE, :is_unexpanded,
                :is_uniform, :media_count, 0, :media_server, :media_due_at, 0)
            ON CONFLICT (batch) DO UPDATE
            SET interest = excluded.interest, begins_at = excluded.begins_at, open_count = excluded.open_count,
                target = excluded.target, revision = excluded.revision, is_unexpanded = excluded.is_unexpanded,
                is_uniform = excluded.is_uniform, media_count = excluded.media_count, media_fetched = 0,
                media_server = excluded.media_server, media_due_at = excluded.media_due_at, media_tries = 0,
                media_tried_at = NULL, media_reason = NULL, media_words = NULL
            """
        case .find:
            """
            SELECT \(BatchColumn.list)
            FROM batch
            JOIN owner ON owner.id = batch.owner
            WHERE batch.id = :id
            """
        // For webhooks, which do not contain the parameters; these may be large.
        case .findWithoutParameters:
            """
            SELECT \(BatchColumn.list(with: [.parameters: "NULL"]))
            FROM batch
            JOIN owner ON owner.id = batch.owner
            WHERE batch.id = :id
            """
        case .setEcho:
            """
            UPDATE batch
            SET echo = :echo, revision = revision + 1
            WHERE id = :id
            """
        // What is needed to make messages from the groups of a batch.
        case .unexpanded:
            """
            SELECT \(SubscriptionColumn.list), batch.recipients, batch.expire_at,
                coalesce(batch_progress.begins_at < 0, FALSE)
            FROM batch_progress
            JOIN batch ON batch.id = batch_progress.batch
            WHERE batch_progress.batch = :batch AND batch_progress.revision = :revision AND batch_progress.is_unexpanded
            """
        // Some of the members have become messages, and more are to come.
        case .countExpanded:
            "UPDATE batch_progress SET open_count = open_count + :opened WHERE batch = :batch"
        case .recordExpansion:
            """
            UPDATE batch_progress
            SET is_unexpanded = FALSE, open_count = open_count + :opened,
                media_due_at = CASE WHEN open_count + :opened > 0 THEN media_due_at END
            WHERE batch = :batch
            """
        // Reads what decides whether a batch may still be changed and what a cancellation does.
        case .status:
            """
            SELECT batch.owner, batch.is_canceled, batch.revision, batch_progress.begins_at, batch_progress.is_unexpanded
            FROM batch
            JOIN batch_progress ON batch_progress.batch = batch.id
            WHERE batch.id = :id
            """
        case .cancel:
            """
            UPDATE batch
            SET is_canceled = TRUE, modified_at = :now
            WHERE id = :id
            """
        case .cancelProgress:
            """
            UPDATE batch_progress
            SET is_canceled = TRUE, is_unexpanded = FALSE, media_due_at = NULL
            WHERE batch = :batch
            """
        case .clearOpenCount:
            "UPDATE batch_progress SET open_count = 0 WHERE batch = :batch"
        // A batch that has ended no longer needs media.
        case .countEnded:
            """
            UPDATE batch_progress
            SET open_count = open_count - :ended,
                media_due_at = CASE WHEN open_count > :ended OR is_unexpanded THEN media_due_at END
            WHERE batch = :batch
            """
        case .progress:
            """
            SELECT \(SubscriptionColumn.list), open_count = 0 AND NOT is_unexpanded
            FROM batch_progress
            WHERE batch = :batch
            """
        }
    }
}
