/// Which stored media is needed.
enum MediaQuery: String, Query {
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
