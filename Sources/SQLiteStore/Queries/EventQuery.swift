/// What customers are told.
enum EventQuery: String, Query {
    case insertMessageChanged = """
        INSERT INTO event (
            batch, created_at, due_at, tries, message, recipient, carriers, state, failure, message_id, changed_at,
            attempts, network_time, status_text)
        SELECT batch, :now, :now, 0, id, recipient, carriers, state, failure, message_id, changed_at, attempts,
            network_time, status_text
        FROM message
        WHERE id = :message
        """

    case insertBatchFinished = """
        INSERT INTO event (batch, created_at, due_at, tries)
        VALUES (:batch, :now, :now, 0)
        """

    case insertInboundReceived = """
        INSERT INTO event (inbound, created_at, due_at, tries)
        VALUES (:inbound, :now, :now, 0)
        """

    case claimDue = """
        UPDATE event
        SET due_at = :lease_until, paused_at = NULL
        WHERE id IN (
            SELECT id
            FROM event
            WHERE due_at <= :now
            ORDER BY due_at
            LIMIT :limit)
        RETURNING id, batch, inbound, created_at, tries, first_tried_at, message, recipient, carriers, state, failure, message_id,
            changed_at, attempts, network_time, status_text
        """

    /// Whoever had claimed it is gone.
    case endLeases = """
        UPDATE event
        SET due_at = :now
        WHERE due_at > :now AND paused_at IS NULL
        """

    case nextDue = "SELECT min(due_at) FROM event WHERE due_at IS NOT NULL"

    case recordHeard = """
        UPDATE event
        SET due_at = NULL, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), heard_at = :now
        WHERE id = :id AND heard_at IS NULL
        """

    /// Neither this nor the next statement undoes what was heard.
    case recordAgain = """
        UPDATE event
        SET due_at = :due_at, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), paused_at = :now,
            last_reason = :reason
        WHERE id = :id AND due_at IS NOT NULL
        """

    case recordDropped = """
        UPDATE event
        SET due_at = NULL, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), last_reason = :reason
        WHERE id = :id AND due_at IS NOT NULL
        """
}
