/// Counts for an operator. Each statement reads the whole of an index that is made for it.
enum OverviewQuery: Int, Query {
    case resends, oldestUnreported, openCalls, givenUpCalls, batchesWithoutMedia, openUploads, inboundsOfApps

    var sql: String {
        switch self {
        case .resends:
            """
            SELECT mmsc, count(*)
            FROM attempt
            WHERE is_resend
            GROUP BY mmsc
            """
        // For each MMSC, the earliest message that it took and did not report on. Identifiers rise with time.
        case .oldestUnreported:
            """
            SELECT mmsc, (SELECT changed_at FROM message AS first WHERE first.id = oldest)
            FROM (
                SELECT mmsc, min(id) AS oldest
                FROM message INDEXED BY message_unreported
                WHERE state IN ('in_doubt', 'submitted') AND state = 'submitted'
                GROUP BY mmsc) AS grouped
            """
        // Identifiers of events rise with time, so the least is the oldest. A held call is younger than the one before
        // it.
        case .openCalls:
            """
            SELECT count + (SELECT count(*) FROM call WHERE due_at IS NULL AND tries = 0),
                (SELECT created_at FROM event WHERE id = oldest)
            FROM (SELECT count(*) AS count, min(event) AS oldest FROM call WHERE due_at IS NOT NULL) AS grouped
            """
        // How many calls of each customer were given up, and the reason of the newest one.
        case .givenUpCalls:
            """
            SELECT kind, name, count, (
                SELECT reason
                FROM call
                WHERE event = newest AND due_at IS NULL AND heard_at IS NULL AND tries > 0
                LIMIT 1)
            FROM (
                SELECT owner AS customer, count(*) AS count, max(event) AS newest
                FROM call INDEXED BY call_given_up
                WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0
                GROUP BY owner) AS grouped
            JOIN owner ON owner.id = customer
            ORDER BY name
            """
        case .batchesWithoutMedia:
            "SELECT count(*) FROM batch_progress WHERE media_due_at IS NOT NULL"
        // Each of the two indexes has a part of the uploads.
        case .openUploads:
            """
            SELECT (SELECT count(*) FROM upload WHERE lease_until IS NULL AND due_at IS NULL)
                + (SELECT count(*) FROM upload WHERE lease_until IS NOT NULL)
                + (SELECT count(*) FROM upload WHERE due_at IS NOT NULL)
            """
        // Inbound messages of apps whose API is still to read them.
        case .inboundsOfApps:
            """
            SELECT kind, name, (SELECT count(*) FROM inbound WHERE inbound.owner = owner.id AND inbound.is_unread)
            FROM owner
            WHERE kind = 'app'
            ORDER BY name
            """
        }
    }
}
