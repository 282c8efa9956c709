/// Statements for which media is to be fetched, the results of that, and which stored media is needed.
package enum MediaQuery: Int, Query {
    case nextQueue, countDue, due, wait, words, needed, awaitBegin, recordReady, record, recordNext, insert
    case forget, server, preparation, postpone, recordWords, stored

    private static func due(in dialect: Dialect) -> String {
        """
        SELECT \(MediaTaskColumn.list(in: dialect))
        FROM batch_progress
        JOIN batch ON batch.id = batch_progress.batch
        WHERE batch_progress.owner = :owner AND batch_progress.media_server = :server
            AND batch_progress.media_due_at <= :now\(inPortion(dialect))
        ORDER BY batch_progress.media_due_at
        LIMIT :limit
        """
    }

    private static func countDue(in dialect: Dialect) -> String {
        """
        SELECT count(*)
        FROM (
            SELECT 1
            FROM batch_progress
            WHERE owner = :owner AND media_server = :server AND media_due_at <= :now\(inPortion(dialect))
            LIMIT :limit) AS counted
        """
    }

    /// The batches that are this process's, where several share a database: the ends of their identifiers are random.
    private static func inPortion(_ dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: ""
        case .postgres: " AND ascii(right(batch_progress.batch, 1)) % :portions = :portion"
        }
    }

    package var sql: String {
        switch self {
        // The next queue of batches without media after a cursor, those of one customer at one server. The largest time
        // in the comparison finds it by one step in the index, however long the queues are.
        case .nextQueue:
            """
            SELECT batch_progress.owner, batch_progress.media_server, owner.kind, owner.name
            FROM batch_progress
            JOIN owner ON owner.id = batch_progress.owner
            WHERE batch_progress.media_due_at IS NOT NULL
                AND (batch_progress.owner, batch_progress.media_server, batch_progress.media_due_at)
                    > (:owner, :server, 9223372036854775807)
            ORDER BY batch_progress.owner, batch_progress.media_server, batch_progress.media_due_at
            LIMIT 1
            """
        case .countDue:
            Self.countDue(in: .sqlite)
        case .due:
            Self.due(in: .sqlite)
        case .wait:
            """
            SELECT media_tries, media_due_at, media_reason
            FROM batch_progress
            WHERE batch = :batch AND media_due_at IS NOT NULL
            """
        case .words:
            "SELECT media_words FROM batch_progress WHERE batch = :batch"
        // The hashes in a list that are still needed: by a batch that has open messages, members of groups to come, or
        // events to be notified; and by an inbound message that is to be uploaded or notified, is still to be read, or is
        // in quarantine. A content that thousands of batches had is looked at only once it is old.
        case .needed:
            """
            SELECT listed.value
            FROM each_text(:hashes) AS listed
            WHERE EXISTS (
                SELECT 1
                FROM batch_medium
                JOIN batch_progress ON batch_progress.batch = batch_medium.batch
                WHERE batch_medium.hash = listed.value
                    AND (open_count > 0 OR is_unexpanded OR EXISTS (
                        SELECT 1
                        FROM event
                        JOIN call ON call.event = event.id
                        WHERE event.batch = batch_progress.batch AND call.due_at IS NOT NULL)))
                OR EXISTS (
                    SELECT 1
                    FROM inbound_media
                    JOIN event ON event.inbound = inbound_media.inbound
                    JOIN call ON call.event = event.id
                    WHERE inbound_media.hash = listed.value AND call.due_at IS NOT NULL)
                OR EXISTS (
                    SELECT 1
                    FROM inbound_media
                    JOIN upload ON upload.inbound = inbound_media.inbound
                    WHERE inbound_media.hash = listed.value)
                OR EXISTS (
                    SELECT 1
                    FROM inbound_media
                    JOIN inbound ON inbound.id = inbound_media.inbound
                    WHERE inbound_media.hash = listed.value AND (inbound.owner IS NULL OR inbound.is_unread))
            """
        case .awaitBegin:
            """
            UPDATE batch_progress
            SET media_due_at = begins_at
            WHERE batch = :batch AND media_due_at IS NOT NULL
            """
        // Notes that all messages are due.
        case .recordReady:
            """
            UPDATE batch_progress
            SET media_due_at = NULL
            WHERE batch = :batch AND media_due_at IS NOT NULL
            """
        // Notes that the last of the media is here.
        case .record:
            """
            UPDATE batch_progress
            SET media_fetched = media_count, media_reason = NULL, media_words = NULL
            WHERE batch = :batch
            """
        // Notes that one of the media is here; the next is fetched at once.
        case .recordNext:
            """
            UPDATE batch_progress
            SET media_fetched = :next, media_server = :server, media_tries = 0, media_tried_at = NULL,
                media_reason = NULL, media_words = NULL
            WHERE batch = :batch
            """
        case .insert:
            """
            INSERT INTO batch_medium (batch, number, hash, type, bytes, name)
            VALUES (:batch, :number, :hash, :type, :bytes, :name)
            """
        case .forget:
            "DELETE FROM batch_medium WHERE batch = :batch"
        case .server:
            "SELECT json_extract(media, '$[' || :number || '].url') FROM batch WHERE id = :batch"
        // Whether messages of the batch still wait to be made due, whether the time that the customer chose is in the
        // future, how many media the batch has, and how many of them are here.
        case .preparation:
            """
            SELECT revision = :revision, media_due_at IS NOT NULL, coalesce(begins_at > :now, FALSE), media_count,
                media_fetched
            FROM batch_progress
            WHERE batch = :batch
            """
        case .postpone:
            """
            UPDATE batch_progress
            SET media_due_at = :until, media_tries = media_tries + :tries, media_tried_at = :now,
                media_reason = coalesce(:reason, media_reason),
                media_words = CASE WHEN :reason IS NULL THEN media_words ELSE :words END
            WHERE batch = :batch AND revision = :revision AND media_due_at IS NOT NULL
            """
        case .recordWords:
            "UPDATE batch_progress SET media_words = :words WHERE batch = :batch"
        case .stored:
            """
            SELECT \(StoredMediaColumn.list)
            FROM batch_medium
            WHERE batch = :batch
            ORDER BY number
            """
        }
    }

    package func sql(in dialect: Dialect) -> String {
        switch (self, dialect) {
        case (.due, _): Self.due(in: dialect)
        case (.countDue, _): Self.countDue(in: dialect)
        case (.server, .postgres):
            "SELECT CAST(media AS JSON) -> CAST(:number AS INTEGER) ->> 'url' FROM batch WHERE id = :batch"
        default: sql
        }
    }
}
