/// Statements on the one row that every commit can change.
package enum PulseQuery: Int, Query {
    case keepTime, keptTime, pulse, probe

    package var sql: String {
        switch self {
        // Once a minute.
        case .keepTime:
            """
            UPDATE pulse
            SET kept_at = :now, probes = probes + 1
            WHERE id = 1 AND (kept_at IS NULL OR kept_at <= CAST(:now AS BIGINT) - 60000 OR kept_at > :now)
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
