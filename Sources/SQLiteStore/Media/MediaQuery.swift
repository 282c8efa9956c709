/// Which media is to be fetched, and which that is stored is needed.
enum MediaQuery: String, Query {
    /// The next line of batches without media behind a place, of one customer at one server: one step in the index,
    /// however long the lines are, by the largest time in the comparison.
    case nextQueue = """
        SELECT batch_progress.owner, batch_progress.media_server, owner.kind, owner.name
        FROM batch_progress
        JOIN owner ON owner.id = batch_progress.owner
        WHERE batch_progress.media_due_at IS NOT NULL
            AND (batch_progress.owner, batch_progress.media_server, batch_progress.media_due_at)
                > (:owner, :server, 9223372036854775807)
        ORDER BY batch_progress.owner, batch_progress.media_server, batch_progress.media_due_at
        LIMIT 1
        """

    case countDue = """
        SELECT count(*)
        FROM (
            SELECT 1
            FROM batch_progress
            WHERE owner = :owner AND media_server = :server AND media_due_at <= :now
            LIMIT :limit)
        """

    case due = """
        SELECT batch_progress.batch, batch_progress.revision, batch.media_url, coalesce(batch.strict_validation, 0),
            batch_progress.media_tries, batch.expire_at
        FROM batch_progress
        JOIN batch ON batch.id = batch_progress.batch
        WHERE batch_progress.owner = :owner AND batch_progress.media_server = :server
            AND batch_progress.media_due_at <= :now
        ORDER BY batch_progress.media_due_at
        LIMIT :limit
        """

    case wait = """
        SELECT media_tries, media_due_at, media_reason
        FROM batch_progress
        WHERE batch = :batch AND media_due_at IS NOT NULL
        """

    case words = "SELECT media_words FROM batch_progress WHERE batch = :batch"

    /// Of the hashes of a list, those of a batch that has messages without an end, or members of groups to come, or of
    /// which a webhook is still to be told; and those of what came in and is still to be uploaded or told, or waits in
    /// quarantine for its owner. A content that thousands of batches had is looked at only once it is old.
    case needed = """
        SELECT value
        FROM json_each(:hashes)
        WHERE EXISTS (
            SELECT 1
            FROM batch_progress
            WHERE batch_progress.media_hash = json_each.value
                AND (open_count > 0 OR is_unexpanded OR EXISTS (
                    SELECT 1
                    FROM event
                    WHERE event.batch = batch_progress.batch AND event.due_at IS NOT NULL)))
            OR EXISTS (
                SELECT 1
                FROM inbound_media
                JOIN event ON event.inbound = inbound_media.inbound
                WHERE inbound_media.hash = json_each.value AND event.due_at IS NOT NULL)
            OR EXISTS (
                SELECT 1
                FROM inbound_media
                JOIN upload ON upload.inbound = inbound_media.inbound
                WHERE inbound_media.hash = json_each.value)
            OR EXISTS (
                SELECT 1
                FROM inbound_media
                JOIN inbound ON inbound.id = inbound_media.inbound
                WHERE inbound_media.hash = json_each.value AND inbound.owner IS NULL)
        """
}
