/// Statements for delivery reports: those kept for people, and those held because they came before the SubmitRsp.
enum ReportQuery: Int, Query {
    case record, hold, held, dropHeld, dropAged, dropOldest

    var sql: String {
        switch self {
        // The first 100 of a message are kept: an MMSC may repeat itself for days.
        case .record:
            """
            INSERT INTO report (message, number, received_at, status, status_text, happened_at)
            SELECT CAST(:message AS TEXT), CASE WHEN max(number) >= 100 THEN 100 ELSE coalesce(max(number), 0) + 1 END,
                CAST(:received_at AS BIGINT), CAST(:status AS TEXT), CAST(:status_text AS TEXT),
                CAST(:happened_at AS BIGINT)
            FROM report
            WHERE message = :message
            ON CONFLICT DO NOTHING
            """
        case .hold:
            "INSERT INTO early_report \(HeldReportColumn.written.values)"
        case .held:
            """
            SELECT \(HeldReportColumn.list)
            FROM early_report
            WHERE mmsc = :mmsc AND message_id = :message_id
            ORDER BY id
            """
        case .dropHeld:
            "DELETE FROM early_report WHERE id = :id"
        // Removes a few at a time.
        case .dropAged:
            """
            DELETE FROM early_report
            WHERE id IN (SELECT id FROM early_report WHERE received_at < :before ORDER BY received_at LIMIT 100)
            """
        // Identifiers rise by one, so a range of this many has at most this many rows.
        case .dropOldest:
            "DELETE FROM early_report WHERE id <= (SELECT max(id) FROM early_report) - :limit"
        }
    }
}
