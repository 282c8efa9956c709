/// Counts of messages without a final state. Each statement reads the whole of an index that is made for it.
enum OpenMessagesQuery: Int, Query {
    case waiting, oldestDue, nextPauseEnd, submitting, submitted

    var sql: String {
        switch self {
        case .waiting:
            """
            SELECT carriers, state, count(*)
            FROM message INDEXED BY message_unsettled
            WHERE state IN ('queued', 'in_doubt')
            GROUP BY carriers, state
            ORDER BY carriers, state
            """
        case .oldestDue:
            """
            SELECT carriers, min(position)
            FROM message INDEXED BY message_ready
            WHERE position IS NOT NULL
            GROUP BY carriers
            """
        case .nextPauseEnd:
            """
            SELECT carriers, min(paused_until)
            FROM message INDEXED BY message_paused
            WHERE paused_until IS NOT NULL
            GROUP BY carriers
            """
        case .submitting:
            """
            SELECT '=' || mmsc, 'submitting', count(*)
            FROM message INDEXED BY message_leased
            WHERE lease_until IS NOT NULL
            GROUP BY mmsc
            ORDER BY mmsc
            """
        case .submitted:
            """
            SELECT '=' || mmsc, 'submitted', count(*)
            FROM message INDEXED BY message_unreported
            WHERE state IN ('in_doubt', 'submitted') AND state = 'submitted'
            GROUP BY mmsc
            ORDER BY mmsc
            """
        }
    }
}
