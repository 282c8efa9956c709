/// What was said about a message: kept for people, and for reports that come too early.
enum HistoryQuery: String, Query {
    /// An answer that comes after the end of its lease is the better word on the attempt.
    case recordAttempt = """
        INSERT INTO attempt (message, number, mmsc, ended_at, event, status_code, status_text, is_resend, answer)
        VALUES (:message, :number, :mmsc, :ended_at, :event, :status_code, :status_text, :is_resend, :answer)
        ON CONFLICT (message, number) DO UPDATE
        SET ended_at = excluded.ended_at, event = excluded.event, status_code = excluded.status_code,
            status_text = excluded.status_text, answer = excluded.answer
        """

    /// The first 100 of a message are kept: an MMSC may repeat itself for days.
    case recordReport = """
        INSERT OR IGNORE INTO report (message, number, received_at, status, status_text, happened_at)
        SELECT :message, min(coalesce(max(number), 0) + 1, 100), :received_at, :status, :status_text, :happened_at
        FROM report
        WHERE message = :message
        """

    case holdReport = """
        INSERT INTO early_report (
            mmsc, message_id, recipient, sender, received_at, fate, failure, status, status_text, happened_at)
        VALUES (:mmsc, :message_id, :recipient, :sender, :received_at, :fate, :failure, :status, :status_text, :happened_at)
        """

    case heldReports = """
        SELECT id, message_id, recipient, sender, fate, failure, status, status_text, happened_at
        FROM early_report
        WHERE mmsc = :mmsc AND message_id = :message_id
        ORDER BY id
        """

    case dropHeldReport = "DELETE FROM early_report WHERE id = :id"

    /// A few at a time.
    case dropAgedReports = """
        DELETE FROM early_report
        WHERE id IN (SELECT id FROM early_report WHERE received_at < :before ORDER BY received_at LIMIT 100)
        """

    /// Identifiers rise by one, so this many of them are at most this many rows.
    case dropOldestReports = "DELETE FROM early_report WHERE id <= (SELECT max(id) FROM early_report) - :limit"
}
