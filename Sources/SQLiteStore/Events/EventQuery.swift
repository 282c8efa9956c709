/// What customers are told.
enum EventQuery: Int, Query {
    case insertMessageChanged, insertBatchFinished, insertInboundReceived, nextQueue, nextPlace, due, claim,
        endLeases, releaseNext, recordHeard, recordAgain, recordDropped

    var sql: String {
        switch self {
        // Not due, and not tried, while an event of its message before it is still to be told.
        case .insertMessageChanged:
            """
            INSERT INTO event (
                batch, owner, receiver, created_at, due_at, tries, message, recipient, carriers, state, failure,
                message_id, changed_at, attempts, network_time, status_text)
            SELECT message.batch, message.owner, batch_progress.receiver, :now,
                CASE WHEN EXISTS (SELECT 1 FROM event WHERE message = :message AND due_at IS NOT NULL) THEN NULL
                    ELSE :now END,
                0, message.id, message.recipient, message.carriers, message.state, message.failure, message.message_id,
                message.changed_at, message.attempts, message.network_time, message.status_text
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.id = :message
            """
        case .insertBatchFinished:
            """
            INSERT INTO event (batch, owner, receiver, created_at, due_at, tries)
            SELECT batch.id, batch.owner, batch_progress.receiver, :now, :now, 0
            FROM batch
            JOIN batch_progress ON batch_progress.batch = batch.id
            WHERE batch.id = :batch
            """
        case .insertInboundReceived:
            """
            INSERT INTO event (inbound, owner, receiver, created_at, due_at, tries)
            SELECT id, owner, '', :now, :now, 0
            FROM inbound
            WHERE id = :inbound AND owner IS NOT NULL
            """
        // The next owner and receiver with something to tell, and since when. The time in the comparison leads past all
        // of the one before in one step, as in `ClaimQuery.nextQueue`.
        case .nextQueue:
            """
            SELECT event.owner, owner.kind, owner.name, event.receiver, event.due_at
            FROM event
            CROSS JOIN owner ON owner.id = event.owner
            WHERE event.due_at IS NOT NULL AND (event.owner, event.receiver, event.due_at) > (:owner, :receiver, :due_at)
            ORDER BY event.owner, event.receiver, event.due_at
            LIMIT 1
            """
        case .nextPlace:
            """
            SELECT owner, receiver
            FROM event
            WHERE due_at IS NOT NULL AND (owner, receiver, due_at) > (:owner, :receiver, :due_at)
            ORDER BY owner, receiver, due_at
            LIMIT 1
            """
        case .due:
            """
            SELECT id
            FROM event
            WHERE owner = :owner AND receiver = :receiver AND due_at <= :now
            ORDER BY due_at, id
            LIMIT :limit
            """
        case .claim:
            """
            UPDATE event
            SET due_at = :lease_until, paused_at = NULL
            WHERE id IN (SELECT value FROM json_each(:events)) AND due_at <= :now
            RETURNING \(EventColumn.list)
            """
        // Whoever had claimed it is gone.
        case .endLeases:
            """
            UPDATE event
            SET due_at = :now
            WHERE id IN (
                SELECT id
                FROM event
                WHERE owner = :owner AND receiver = :receiver AND due_at > :now AND paused_at IS NULL
                LIMIT :limit)
            """
        // Once nothing of a message is to be told before it.
        case .releaseNext:
            """
            UPDATE event
            SET due_at = :now
            WHERE id = (
                SELECT min(id)
                FROM event
                WHERE message = (SELECT message FROM event WHERE id = :id) AND due_at IS NULL AND tries = 0)
                AND NOT EXISTS (
                    SELECT 1
                    FROM event AS earlier
                    WHERE earlier.message = event.message AND earlier.due_at IS NOT NULL)
            """
        case .recordHeard:
            """
            UPDATE event
            SET due_at = NULL, tries = tries + 1, heard_at = :now
            WHERE id = :id AND heard_at IS NULL
            """
        // Neither this nor the next statement undoes what was heard.
        case .recordAgain:
            """
            UPDATE event
            SET due_at = :due_at, tries = tries + 1, paused_at = :now,
                last_reason = :reason
            WHERE id = :id AND due_at IS NOT NULL
            """
        case .recordDropped:
            """
            UPDATE event
            SET due_at = NULL, tries = tries + 1, last_reason = :reason
            WHERE id = :id AND due_at IS NOT NULL
            """
        }
    }
}
