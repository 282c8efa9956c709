/// Statements for the calls that notify targets of events.
///
/// Where a row is found by its key, what else it has to be is asked by `nullif`, which no index of PostgreSQL has: for a
/// short time in which little waits, that server takes the index of what waits for the shorter way, and goes it to the end
/// when much does.
enum CallQuery: Int, Query {
    case insert, insertBehind, nextQueue, nextTarget, due, claim, endLeases, release, recordHeard, recordAgain,
        recordGivenUp

    var sql: String {
        switch self {
        // A call for the event that was written last on the connection. A target that is named twice gets one call.
        case .insert:
            """
            INSERT INTO call (event, target, owner, due_at, tries)
            VALUES (last_insert_rowid(), :target, :owner, :now, 0)
            ON CONFLICT (event, target) DO NOTHING
            """
        // The call is held while an earlier call of its message to the same target, or to the one that it follows, is
        // open.
        case .insertBehind:
            """
            INSERT INTO call (event, target, follows, owner, due_at, tries)
            VALUES (
                last_insert_rowid(), :target, :follows, :owner,
                CASE WHEN EXISTS (
                    SELECT 1
                    FROM event
                    CROSS JOIN call ON call.event = event.id AND call.target IN (:target, :follows)
                    WHERE event.batch = :batch AND event.message = :message AND nullif(call.due_at, -1) IS NOT NULL)
                THEN NULL ELSE CAST(:now AS BIGINT) END,
                0)
            ON CONFLICT (event, target) DO NOTHING
            """
        // The next owner and target with something due, now or later, and since when. The time in the comparison skips
        // all calls of the previous queue in one step, as in `ClaimQuery.nextQueue`.
        case .nextQueue:
            """
            SELECT call.owner, owner.kind, owner.name, call.target, call.due_at
            FROM call
            CROSS JOIN owner ON owner.id = call.owner
            WHERE call.due_at IS NOT NULL AND (call.owner, call.target, call.due_at) > (:owner, :target, :due_at)
            ORDER BY call.owner, call.target, call.due_at
            LIMIT 1
            """
        case .nextTarget:
            """
            SELECT owner, target
            FROM call
            WHERE due_at IS NOT NULL AND (owner, target, due_at) > (:owner, :target, :due_at)
            ORDER BY owner, target, due_at
            LIMIT 1
            """
        case .due:
            """
            SELECT event
            FROM call
            WHERE owner = :owner AND target = :target AND due_at <= :now
            ORDER BY due_at, event
            LIMIT :limit
            """
        // Each element of the list has an event and a target.
        case .claim:
            """
            UPDATE call
            SET due_at = :lease_until, paused_at = NULL
            FROM json_each(:calls) AS listed
            WHERE call.event = listed.value ->> 0 AND call.target = listed.value ->> 1 AND nullif(call.due_at, -1) <= :now
            RETURNING event, target, tries
            """
        // The process that had claimed it is gone.
        case .endLeases:
            """
            UPDATE call
            SET due_at = :now
            WHERE target = :target AND event IN (
                SELECT event
                FROM call
                WHERE owner = :owner AND target = :target AND due_at > :now AND paused_at IS NULL
                LIMIT :limit)
            """
        // Makes the first open call of the message to the target, and the first to the one that follows it, due if they
        // were held.
        case .release:
            """
            UPDATE call
            SET due_at = :now
            FROM (
                SELECT min(later.id) AS event, CAST(:target AS TEXT) AS target
                FROM event AS later
                CROSS JOIN call AS open ON open.event = later.id AND open.target = :target
                WHERE (later.batch, later.message) = (SELECT batch, message FROM event WHERE id = :event)
                    AND (nullif(open.due_at, -1) IS NOT NULL OR open.tries = 0)
                UNION ALL
                SELECT following.event, following.target
                FROM (
                    SELECT later.id AS event, open.target AS target
                    FROM event AS later
                    CROSS JOIN call AS open ON open.event = later.id AND open.follows = :target
                    WHERE (later.batch, later.message) = (SELECT batch, message FROM event WHERE id = :event)
                        AND (nullif(open.due_at, -1) IS NOT NULL OR open.tries = 0)
                    ORDER BY later.id
                    LIMIT 1) AS following) AS next_call
            WHERE call.event = next_call.event AND call.target = next_call.target AND nullif(call.due_at, -1) IS NULL
                AND call.tries = 0
            """
        case .recordHeard:
            """
            UPDATE call
            SET due_at = NULL, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), heard_at = :now
            WHERE event = :event AND target = :target AND heard_at IS NULL
            """
        // Neither this nor the next statement changes a call that was taken by its receiver.
        case .recordAgain:
            """
            UPDATE call
            SET due_at = :due_at, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), paused_at = :now,
                reason = :reason
            WHERE event = :event AND target = :target AND nullif(due_at, -1) IS NOT NULL
            """
        // The beginning of the pause that does not end tells when it was given up.
        case .recordGivenUp:
            """
            UPDATE call
            SET due_at = NULL, tries = tries + 1, first_tried_at = coalesce(first_tried_at, :now), paused_at = :now,
                reason = :reason
            WHERE event = :event AND target = :target AND nullif(due_at, -1) IS NOT NULL
            """
        }
    }

    func sql(in dialect: Dialect) -> String {
        switch (self, dialect) {
        case (.claim, .postgres):
            """
            UPDATE call
            SET due_at = :lease_until, paused_at = NULL
            FROM json_array_elements(CAST(:calls AS JSON)) AS listed
            WHERE call.event = CAST(listed.value ->> 0 AS BIGINT) AND call.target = listed.value ->> 1
                AND nullif(call.due_at, -1) <= :now
            RETURNING event, target, tries
            """
        default: sql
        }
    }
}
