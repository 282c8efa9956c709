/// What customers withdrew after an MMSC had taken it. Only what is submitted has a time to be taken back.
enum CancellationQuery: Int, Query {
    case begin, nextCustomer, mark, unmark, isMarked, marked, nextMessageID, claim, postpone, recordTry, endLeases

    var sql: String {
        switch self {
        // Where a withdrawal goes on from its beginning, those that were asked for before are left as they are.
        case .begin:
            """
            UPDATE message
            SET cancel_due_at = :now
            WHERE batch = :batch AND recipient > :after AND recipient <= :through AND state = 'submitted'
                AND cancel_due_at IS NULL AND cancel_tries = 0
            RETURNING mmsc
            """
        // The next customer who has something to be taken back, and since when. See `ClaimQuery.nextQueue`.
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
            "INSERT OR IGNORE INTO withdrawal (batch) VALUES (:batch)"
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
                AND message_id NOT IN (SELECT value FROM json_each(:ongoing))
            ORDER BY cancel_due_at, message_id
            LIMIT 1
            """
        // Messages that go by one MessageID are due together. An MMSC that writes a constant has them in several
        // claims.
        case .claim:
            """
            UPDATE message
            SET cancel_due_at = :lease_until, cancel_tries = cancel_tries + 1
            WHERE id IN (
                SELECT id
                FROM message INDEXED BY message_at_mmsc
                WHERE mmsc = :mmsc AND message_id = :message_id AND owner = :owner AND cancel_due_at <= :now
                LIMIT 1000)
            RETURNING id, cancel_tries, (SELECT originator FROM batch WHERE batch.id = message.batch)
            """
        // `given_back` is 1 when the try was none.
        case .postpone:
            """
            UPDATE message
            SET cancel_due_at = :due_at, cancel_tries = cancel_tries - :given_back
            WHERE cancel_due_at IS NOT NULL AND id IN (SELECT value FROM json_each(:messages))
            """
        // A try whose claim ended with a process is recorded by the next under its number.
        case .recordTry:
            """
            INSERT OR REPLACE INTO cancel_attempt (message, number, ended_at, outcome, reason)
            SELECT value, :number, :now, :outcome, :reason
            FROM json_each(:messages)
            WHERE EXISTS (SELECT 1 FROM message WHERE id = value)
            """
        // At the start of a process nobody has a claim.
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
