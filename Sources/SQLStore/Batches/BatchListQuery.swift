/// Lists of batches, each with the number of batches on all its pages. Minutes that lie wholly in the list are counted
/// and skipped by `batch_count`, and the index alone finds the rows of a page. Long parameters are left out: a page of
/// them would be hundreds of megabytes.
enum BatchListQuery: Int, Query {
    case count, list, countFrom, listFrom, countMinutes, minuteAt, countReferenced, listReferenced

    private static let columns = BatchColumn.list(with: [
        .parameters: "CASE WHEN parameters_bytes <= 8192 THEN parameters ELSE '' END", .trace: "NULL",
    ])

    private static let isFromListed = """
        (CAST(:originators AS TEXT) IS NULL OR originator IN (SELECT value FROM each_text(:originators)))
        """

    var sql: String {
        switch self {
        case .count:
            """
            SELECT count(*)
            FROM batch
            WHERE owner = :owner AND created_at >= :from AND created_at < :until
            """
        case .list:
            """
            SELECT \(Self.columns)
            FROM batch
            JOIN owner ON owner.id = batch.owner
            WHERE batch.rowid IN (
                SELECT rowid
                FROM batch
                WHERE owner = :owner AND created_at >= :from AND created_at < :until
                ORDER BY created_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY created_at DESC, batch.rowid DESC
            """
        case .countFrom:
            """
            SELECT count(*)
            FROM batch INDEXED BY batch_from
            WHERE owner = :owner AND originator IN (SELECT value FROM each_text(:originators)) AND created_at >= :from
                AND created_at < :until
            """
        case .listFrom:
            """
            SELECT \(Self.columns)
            FROM batch
            JOIN owner ON owner.id = batch.owner
            WHERE batch.rowid IN (
                SELECT rowid
                FROM batch INDEXED BY batch_from
                WHERE owner = :owner AND originator IN (SELECT value FROM each_text(:originators))
                    AND created_at >= :from AND created_at < :until
                ORDER BY created_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY created_at DESC, batch.rowid DESC
            """
        // Whole minutes only.
        case .countMinutes:
            """
            SELECT CAST(coalesce(sum(count), 0) AS BIGINT)
            FROM batch_count
            WHERE owner = :owner AND minute >= :first AND minute < :last
                AND \(Self.isFromListed)
            """
        // The minute in which the entry at an offset is, newest first, and how many entries are before that minute.
        case .minuteAt:
            """
            SELECT minute, before
            FROM (
                SELECT minute, entries,
                    CAST(sum(entries) OVER (ORDER BY minute DESC) AS BIGINT) - entries AS before
                FROM (
                    SELECT minute, CAST(sum(count) AS BIGINT) AS entries
                    FROM batch_count
                    WHERE owner = :owner AND minute >= :first AND minute < :last
                        AND \(Self.isFromListed)
                    GROUP BY minute) AS grouped) AS numbered
            WHERE before <= :offset AND before + entries > :offset
            LIMIT 1
            """
        case .countReferenced:
            """
            SELECT count(*)
            FROM batch
            WHERE owner = :owner AND client_reference = :client_reference AND created_at >= :from AND created_at < :until
                AND \(Self.isFromListed)
            """
        case .listReferenced:
            """
            SELECT \(Self.columns)
            FROM batch
            JOIN owner ON owner.id = batch.owner
            WHERE batch.rowid IN (
                SELECT rowid
                FROM batch
                WHERE owner = :owner AND client_reference = :client_reference AND created_at >= :from
                    AND created_at < :until
                    AND \(Self.isFromListed)
                ORDER BY created_at DESC, rowid DESC
                LIMIT :limit OFFSET :offset)
            ORDER BY created_at DESC, batch.rowid DESC
            """
        }
    }
}
