/// Statements for messages and their changes. `MessageChange` and `WaitingChange` decide what a statement writes.
enum MessageQuery: Int, Query {
    case insert, find, counts, recipients, makeDue, sliceEnd, leasesOver, expire, stored, byMessageID, unreported,
        isUnanswered, move, abandonQueued, withdraw, dropAll, status, countWaiting, countSubmitting, lastPosition,
        countUpTo, countRecipients, recordFeedback

    /// What a `WaitingChange` writes.
    private static let waitingChange = """
        state = CASE state WHEN 'queued' THEN :queued_state ELSE :in_doubt_state END,
            failure = CASE state WHEN 'queued' THEN :queued_failure ELSE :in_doubt_failure END,
            changed_at = :now, position = NULL, paused_until = NULL
        """

    var sql: String {
        switch self {
        case .insert:
            """
            INSERT INTO message (
                id, batch, owner, recipient, carriers, mmsc, magnitude, state, failure, message_id, changed_at,
                attempts, may_have_arrived, expire_at, network_time, status_text, is_urgent)
            VALUES (
                :id, :batch, :owner, :recipient, :carriers, :mmsc, :magnitude, :state, :failure, :message_id,
                :changed_at, :attempts, FALSE, :expire_at, :network_time, :status_text, :is_urgent)
            """
        case .find:
            """
            SELECT \(MessageColumn.list)
            FROM message
            WHERE batch = :batch AND recipient = :recipient
            """
        case .counts:
            """
            SELECT state, failure, count(*)
            FROM message
            WHERE batch = :batch
            GROUP BY state, failure
            ORDER BY state, failure
            """
        case .recipients:
            """
            SELECT state, failure, recipient
            FROM message
            WHERE batch = :batch
            ORDER BY id
            """
        case .makeDue:
            """
            UPDATE message
            SET position = :position
            WHERE batch = :batch AND recipient > :after AND recipient <= :through AND state IN ('queued', 'in_doubt')
                AND position IS NULL AND paused_until IS NULL
            RETURNING carriers
            """
        // The last of the next so many numbers after a given one.
        case .sliceEnd:
            """
            SELECT recipient
            FROM message
            WHERE batch = :batch AND recipient > :after
            ORDER BY recipient
            LIMIT 1 OFFSET :offset
            """
        case .leasesOver:
            """
            SELECT \(StoredColumn.list), \(SubscriptionColumn.list)
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.lease_until <= :until
            """
        // A queued message was not sent; one in doubt may have been. Where the media is still missing, that is the
        // reason.
        case .expire:
            """
            UPDATE message
            SET \(Self.waitingChange),
                status_text = (
                    SELECT 'the media did not come: ' || media_reason
                    FROM batch_progress
                    WHERE batch_progress.batch = message.batch AND media_server <> '')
            WHERE id IN (
                SELECT id
                FROM message
                WHERE state IN ('queued', 'in_doubt') AND expire_at <= :now
                ORDER BY expire_at
                LIMIT :limit)
            RETURNING \(EndedColumn.list)
            """
        case .stored:
            """
            SELECT \(StoredColumn.list), \(SubscriptionColumn.list)
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.id = :id
            """
        // Newest first, since an MMSC that lost its counter gives out the same MessageIDs again.
        case .byMessageID:
            """
            SELECT \(StoredColumn.list), \(SubscriptionColumn.list)
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.mmsc = :mmsc AND message.message_id = :message_id
            ORDER BY message.id DESC
            LIMIT 100
            """
        case .unreported:
            """
            SELECT \(StoredColumn.list), \(SubscriptionColumn.list)
            FROM message
            JOIN batch_progress ON batch_progress.batch = message.batch
            WHERE message.state IN ('in_doubt', 'submitted') AND message.expire_at < :expired_before
            ORDER BY message.expire_at
            LIMIT :limit
            """
        // Whether an answer of the MMSC is still missing.
        case .isUnanswered:
            """
            SELECT 1
            FROM message
            WHERE mmsc = :mmsc AND state IN ('submitting', 'in_doubt')
            LIMIT 1
            """
        // Writes a `MessageChange`; `spared` is 1 when the attempt does not count as a try.
        case .move:
            """
            UPDATE message
            SET state = :state, failure = :failure, message_id = :message_id, changed_at = :now, attempts = :attempts,
                spared = spared + :spared, carriers = :carriers, may_have_arrived = :may_have_arrived,
                shared_request = :shared_request, position = :position, paused_until = :paused_until, lease_until = NULL,
                cancel_due_at = :cancel_due_at, network_time = coalesce(:network_time, network_time),
                status_text = :status_text
            WHERE id = :id
            """
        // Messages in doubt without media come from a database that was restored.
        case .abandonQueued:
            """
            UPDATE message
            SET \(Self.waitingChange),
                status_text = coalesce(:reason, (
                    SELECT 'the media did not come: ' || media_reason
                    FROM batch_progress
                    WHERE batch_progress.batch = message.batch AND media_server <> ''))
            WHERE batch = :batch AND recipient > :after AND recipient <= :through AND state IN ('queued', 'in_doubt')
            RETURNING \(EndedColumn.list)
            """
        // An MMSC may have the messages in doubt; their former state distinguishes them.
        case .withdraw:
            """
            UPDATE message
            SET \(Self.waitingChange), status_text = NULL
            WHERE batch = :batch AND recipient > :after AND recipient <= :through AND state IN ('queued', 'in_doubt')
            RETURNING \(EndedColumn.list)
            """
        case .dropAll:
            "DELETE FROM message WHERE batch = :batch"
        case .status:
            """
            SELECT count(*) FILTER (WHERE state = 'queued'),
                count(*) FILTER (WHERE CASE state
                    WHEN 'queued' THEN may_have_arrived
                    WHEN 'aborted' THEN attempts > 0
                    ELSE TRUE
                END),
                count(*)
            FROM (SELECT state, may_have_arrived, attempts FROM message WHERE batch = :batch LIMIT :limit) AS counted
            """
        case .countWaiting:
            """
            SELECT owner, count(*)
            FROM message INDEXED BY message_unsettled
            WHERE state IN ('queued', 'in_doubt')
            GROUP BY owner
            """
        // They wait too, as long as their result is unknown.
        case .countSubmitting:
            """
            SELECT owner, count(*)
            FROM message INDEXED BY message_leased
            WHERE lease_until IS NOT NULL
            GROUP BY owner
            """
        // The last position, which the next one follows.
        case .lastPosition:
            "SELECT max(position) FROM message INDEXED BY message_ready WHERE position IS NOT NULL"
        case .countUpTo:
            """
            SELECT count(*)
            FROM (SELECT 1 FROM message WHERE batch = :batch LIMIT :limit) AS counted
            """
        case .countRecipients:
            """
            SELECT count(*)
            FROM message
            WHERE batch = :batch AND recipient IN (SELECT value FROM each_text(:recipients))
            """
        case .recordFeedback:
            """
            UPDATE message
            SET feedback_at = :now
            WHERE batch = :batch AND recipient > :after AND recipient <= :through
                AND (CAST(:recipients AS TEXT) IS NULL OR recipient IN (SELECT value FROM each_text(:recipients)))
            """
        }
    }
}
