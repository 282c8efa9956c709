/// Messages that customers withdrew after an MMSC had taken them. Only a submitted message has a time at which to take
/// it back.
enum CancellationQuery: Int, Query {
    case begin, nextCustomer, mark, unmark, isMarked, marked, nextMessageID, claim, postpone, recordTry, endLeases

    var sql: String {
        switch self {
        // Where a withdrawal starts again, messages whose cancellation is already due are not changed.
        case .begin:
            """
            UPDATE message
            SET cancel_due_at = :now
            WHERE batch = :batch AND recipient > :after AND recipient <= :through AND nullif(state, '') = 'submitted'
                AND cancel_due_at IS NULL AND cancel_tries = 0
            RETURNING mmsc
            """
        // The next customer who has something to take back, and since when. See `ClaimQuery.nextQueue`.
        case .nextCustomer:
            """
            SELECT owner, cancel_due_at
            FROM message
            WHERE mmsc = :mmsc AND cancel_due_at IS NOT NULL AND (owner, cancel_due_at) > (:after, 9223372036854775807)
            ORDER BY owner, cancel_due_at
            LIMIT 1
            """
        // The rest of a large batch is withdrawn in further commits, after a restart too.
        case .mark:
            "INSERT INTO withdrawal (batch) VALUES (:batch) ON CONFLICT DO NOTHING"
        case .unmark:
            "DELETE FROM withdrawal WHERE batch = :batch"
        case .isMarked:
            "SELECT 1 FROM withdrawal WHERE batch = :batch"
        case .marked:
            "SELECT batch FROM withdrawal WHERE batch > '' ORDER BY batch"
        case .nextMessageID:
            """
            SELECT message_id
            FROM message
            WHERE mmsc = :mmsc AND owner = :owner AND cancel_due_at <= :now
                AND message_id NOT IN (SELECT value FROM each_text(:ongoing))
            ORDER BY cancel_due_at, message_id
            LIMIT 1
            """
        // Messages with the same MessageID are due together. If an MMSC gives all messages one constant MessageID, they
        // are in several claims.
        case .claim:
            """
            UPDATE message
            SET cancel_due_at = :lease_until, cancel_tries = cancel_tries + 1
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_at_mmsc
                WHERE mmsc = :mmsc AND message_id = :message_id AND owner = :owner AND cancel_due_at <= :now
                LIMIT 1000)
            RETURNING id, cancel_tries, (SELECT originator FROM batch WHERE batch.id = message.batch),
                (SELECT trace FROM batch_trace WHERE batch_trace.batch = message.batch)
            """
        // `given_back` is 1 when the try does not count.
        case .postpone:
            """
            UPDATE message
            SET cancel_due_at = :due_at, cancel_tries = cancel_tries - :given_back
            WHERE cancel_due_at IS NOT NULL AND id IN (SELECT value FROM each_text(:messages))
            """
        // The number of a try whose claim ended with a process is used again by the next try.
        case .recordTry:
            """
            INSERT INTO cancel_attempt (message, number, ended_at, outcome, reason)
            SELECT listed.value, CAST(:number AS BIGINT), CAST(:now AS BIGINT), CAST(:outcome AS TEXT),
                CAST(:reason AS TEXT)
            FROM each_text(:messages) AS listed
            WHERE EXISTS (SELECT 1 FROM message WHERE message.id = listed.value)
            ON CONFLICT (message, number) DO UPDATE
            SET ended_at = excluded.ended_at, outcome = excluded.outcome, reason = excluded.reason
            """
        // At the start of a process there are no claims that go on.
        case .endLeases:
            """
            UPDATE message
            SET cancel_due_at = :now
            WHERE id IN (
                SELECT id FROM message INDEXED BY message_cancel_due
                WHERE cancel_due_at IS NOT NULL AND cancel_due_at > :now
                LIMIT :limit)
            """
        }
    }
}
