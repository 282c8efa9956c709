/// What is due and who carries it, from one index: by carriers, customer, magnitude of the batch and time.
enum ClaimQuery: String, Query {
    /// The next after `:after` of the carriers that somebody waits for.
    case nextCarriers = """
        SELECT carriers
        FROM message
        WHERE due_at IS NOT NULL AND carriers > :after
        ORDER BY carriers
        LIMIT 1
        """

    /// The next customer and magnitude that waits for these carriers, and since when. The largest time in the comparison
    /// leads past all of the one before, in one step: SQLite seeks to what is equal and walks on from there.
    case nextQueue = """
        SELECT owner, magnitude, due_at
        FROM message
        WHERE due_at IS NOT NULL AND carriers = :carriers
            AND (owner, magnitude, due_at) > (:owner, :magnitude, 9223372036854775807)
        ORDER BY owner, magnitude, due_at
        LIMIT 1
        """

    case due = """
        SELECT message.id, message.recipient, message.attempts + 1, message.attempts + 1 - message.spared, message.batch,
            batch_progress.revision, message.shared_request, batch_progress.is_uniform, message.may_have_arrived,
            message.expire_at
        FROM message
        JOIN batch_progress ON batch_progress.batch = message.batch
        WHERE message.carriers = :carriers AND message.owner = :owner AND message.magnitude = :magnitude
            AND message.due_at <= :now
        ORDER BY message.due_at, message.id
        LIMIT :limit
        """

    case claim = """
        UPDATE message
        SET state = :state, mmsc = :mmsc, changed_at = :now, attempts = attempts + 1, due_at = NULL,
            lease_until = :lease_until, shared_request = :shared_request, status_text = NULL
        WHERE id IN (SELECT value FROM json_each(:messages))
        """

    /// Those that were never tried wait for a time that a customer chose.
    case advanceRetries = """
        UPDATE message
        SET due_at = max(due_at - :milliseconds, :now)
        WHERE attempts > 0 AND due_at > :now AND id IN (SELECT value FROM json_each(:messages))
        """

    /// What waits, by the end of its time.
    case waiting = """
        SELECT message.id, message.expire_at, message.recipient, message.carriers
        FROM message
        WHERE state IN ('queued', 'in_doubt') AND (expire_at, id) > (:expire_at, :id)
        ORDER BY expire_at, id
        LIMIT :limit
        """

    case reroute = "UPDATE message SET carriers = :carriers WHERE id = :id"
}
