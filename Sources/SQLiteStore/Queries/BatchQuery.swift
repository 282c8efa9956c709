/// Batches and how far they have come.
enum BatchQuery: String, Query {
    case insert = """
        INSERT INTO batch (
            id, owner_kind, owner_id, recipients, originator, is_originator_default, subject, text, media_url,
            parameters, reporting, callback_url, client_reference, is_feedback_enabled, strict_validation, created_at,
            modified_at, send_at, expire_at, is_canceled)
        VALUES (
            :id, :owner_kind, :owner_id, :recipients, :originator, :is_originator_default, :subject, :text, :media_url,
            :parameters, :reporting, :callback_url, :client_reference, :is_feedback_enabled, :strict_validation,
            :created_at, :modified_at, :send_at, :expire_at, :is_canceled)
        """

    case insertProgress = """
        INSERT INTO batch_progress (batch, reporting, begins_at, open_count, media_due_at, media_tries)
        VALUES (:batch, :reporting, :begins_at, :open_count, :media_due_at, 0)
        """

    case find = """
        SELECT id, owner_kind, owner_id, recipients, originator, is_originator_default, subject, text, media_url,
            parameters, reporting, callback_url, client_reference, is_feedback_enabled, strict_validation, created_at,
            modified_at, send_at, expire_at, is_canceled
        FROM batch
        WHERE id = :id
        """

    /// For webhooks, which tell no parameters; these may be large.
    case findWithoutParameters = """
        SELECT id, owner_kind, owner_id, recipients, originator, is_originator_default, subject, text, media_url,
            NULL, reporting, callback_url, client_reference, is_feedback_enabled, strict_validation, created_at,
            modified_at, send_at, expire_at, is_canceled
        FROM batch
        WHERE id = :id
        """

    /// A batch that has ended needs no media any more.
    case countEnded = """
        UPDATE batch_progress
        SET open_count = open_count - :ended,
            media_due_at = CASE WHEN open_count > :ended THEN media_due_at END
        WHERE batch = :batch
        """

    case progress = "SELECT reporting, open_count FROM batch_progress WHERE batch = :batch"

    case awaitingMedia = """
        SELECT batch_progress.batch, batch.media_url, batch_progress.media_tries, batch.expire_at
        FROM batch_progress
        JOIN batch ON batch.id = batch_progress.batch
        WHERE batch_progress.media_due_at <= :now
        ORDER BY batch_progress.media_due_at
        LIMIT :limit
        """

    /// Nothing changes when the media is there already, or is not wanted any more.
    case recordMedia = """
        UPDATE batch_progress
        SET media_due_at = NULL, media_hash = :hash, media_type = :type, media_bytes = :bytes
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    case postponeMedia = """
        UPDATE batch_progress
        SET media_due_at = :until, media_tries = media_tries + 1
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    case media = """
        SELECT media_hash, media_type, media_bytes
        FROM batch_progress
        WHERE batch = :batch AND media_hash IS NOT NULL
        """
}
