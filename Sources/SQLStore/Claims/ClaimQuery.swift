/// What is due and who carries it, from one index: by carriers, customer, urgency, magnitude of the batch and position. No time
/// is compared there: a message that waits for a time is in a pause, and gets its position when the pause ends.
enum ClaimQuery: Int, Query {
    case nextCarriers, nextPausedCarriers, endPauses, nextPauseEnd, nextQueue, countUrgent, due, sharing, claim, waiting
    case reroute, recordAttempt

    var sql: String {
        switch self {
        // The next carriers after `:after` for which a message waits.
        case .nextCarriers:
            """
            SELECT carriers
            FROM message
            WHERE position IS NOT NULL AND carriers > :after
            ORDER BY carriers
            LIMIT 1
            """
        // The next carriers after `:after` for which a message is in a pause.
        case .nextPausedCarriers:
            """
            SELECT carriers
            FROM message
            WHERE paused_until IS NOT NULL AND carriers > :after
            ORDER BY carriers
            LIMIT 1
            """
        // A few thousand at a time; the next claim ends the others.
        case .endPauses:
            """
            UPDATE message
            SET position = paused_until, paused_until = NULL
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_paused
                WHERE paused_until IS NOT NULL AND carriers = :carriers AND paused_until <= :now
                ORDER BY paused_until
                LIMIT 5000)
            """
        case .nextPauseEnd:
            """
            SELECT min(paused_until)
            FROM message
            WHERE paused_until IS NOT NULL AND carriers = :carriers
            """
        // The next customer, urgency and magnitude that waits for these carriers, and since when. The largest position in the
        // comparison skips the whole previous queue in one step: SQLite seeks to the equal entries and continues from
        // there.
        case .nextQueue:
            """
            SELECT owner, is_urgent, magnitude, position
            FROM message
            WHERE position IS NOT NULL AND carriers = :carriers
                AND (owner, is_urgent, magnitude, position) > (:owner, :is_urgent, :magnitude, 9223372036854775807)
            ORDER BY owner, is_urgent, magnitude, position
            LIMIT 1
            """
        case .countUrgent:
            """
            SELECT count(*)
            FROM (
                SELECT 1
                FROM message
                WHERE position IS NOT NULL AND carriers = :carriers AND owner = :owner AND is_urgent = TRUE
                    AND magnitude = :magnitude
                LIMIT :limit) AS counted
            """
        case .due:
            """
            SELECT \(DueColumn.list)
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.carriers = :carriers AND message.owner = :owner AND message.is_urgent = :is_urgent
                AND message.magnitude = :magnitude AND message.position IS NOT NULL
            ORDER BY message.position, message.id
            LIMIT :limit
            """
        // The messages of a SubmitReq that has to be repeated unchanged.
        case .sharing:
            """
            SELECT \(DueColumn.list)
            FROM message INDEXED BY message_sharing
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.shared_request = :request AND message.state = 'in_doubt'
            ORDER BY message.id
            """
        case .claim:
            """
            UPDATE message
            SET state = :state, mmsc = :mmsc, changed_at = :now, attempts = attempts + 1, position = NULL, paused_until = NULL,
                lease_until = :lease_until, shared_request = :shared_request, status_text = NULL
            WHERE id IN (SELECT value FROM each_text(:messages))
            """
        // The messages that wait, in the order of their expiry.
        case .waiting:
            """
            SELECT message.id, message.expire_at, message.recipient, message.carriers
            FROM message
            WHERE state IN ('queued', 'in_doubt') AND (expire_at, id) > (:expire_at, :id)
            ORDER BY expire_at, id
            LIMIT :limit
            """
        case .reroute:
            "UPDATE message SET carriers = :carriers WHERE id = :id"
        // An answer that comes after the lease has ended replaces what was recorded at its end.
        case .recordAttempt:
            """
            INSERT INTO attempt (message, number, mmsc, ended_at, event, status_code, status_text, is_resend, answer)
            VALUES (:message, :number, :mmsc, :ended_at, :event, :status_code, :status_text, :is_resend, :answer)
            ON CONFLICT (message, number) DO UPDATE
            SET ended_at = excluded.ended_at, event = excluded.event, status_code = excluded.status_code,
                status_text = excluded.status_text, answer = excluded.answer
            """
        }
    }
}
