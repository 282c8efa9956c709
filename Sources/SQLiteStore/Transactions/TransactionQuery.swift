/// Statements that begin and end transactions.
enum TransactionQuery: Int, Query {
    case begin, beginReading, commit, rollBack, keepTime, keptTime, pulse, probe

    var sql: String {
        switch self {
        case .begin:
            "BEGIN IMMEDIATE"
        // For several statements that have to see the same state.
        case .beginReading:
            "BEGIN DEFERRED"
        case .commit:
            "COMMIT"
        case .rollBack:
            "ROLLBACK"
        // Once a minute.
        case .keepTime:
            """
            UPDATE pulse
            SET kept_at = :now, probes = probes + 1
            WHERE id = 1 AND (kept_at IS NULL OR kept_at <= :now - 60000 OR kept_at > :now)
            """
        case .keptTime:
            "SELECT kept_at FROM pulse WHERE id = 1"
        case .pulse:
            "SELECT identity, probes FROM pulse WHERE id = 1"
        case .probe:
            "UPDATE pulse SET probes = probes + 1 WHERE id = 1"
        }
    }
}
