/// Statements for batches of apps.
enum AppBatchQuery: Int, Query {
    case insert, insertRequest, insertKey, find, having, request, dropRequest, nextApp, due, nextDue, cancellable,
        cancellableHaving, advance, drop, open

    /// Whether it waits for a later time that the customer chose.
    private static let isCancellable =
        "app_batch.phase = 'scheduled' AND app_batch.is_later AND app_batch.send_after > :now"

    private static let rows = """
        SELECT \(AppBatchColumn.list)
        FROM app_batch
        JOIN owner ON owner.id = app_batch.owner
        """

    private static let rowsOfKey = """
        SELECT \(AppBatchColumn.list)
        FROM app_batch_key
        JOIN app_batch ON app_batch.id = app_batch_key.batch
        JOIN owner ON owner.id = app_batch.owner
        WHERE app_batch_key.project = :project AND app_batch_key.name = :name AND app_batch_key.value = :value
        """

    var sql: String {
        switch self {
        case .insert:
            "INSERT INTO app_batch \(AppBatchColumn.written.values)"
        case .insertRequest:
            "INSERT INTO app_batch_request (batch, request) VALUES (:batch, :request)"
        case .insertKey:
            """
            INSERT INTO app_batch_key (project, name, value, batch)
            VALUES (:project, :name, :value, :batch)
            ON CONFLICT DO NOTHING
            """
        case .find:
            """
            \(Self.rows)
            WHERE app_batch.id = :id AND app_batch.project = :project
            """
        case .having:
            """
            \(Self.rowsOfKey)
            ORDER BY app_batch_key.batch DESC
            LIMIT :limit
            """
        case .request:
            "SELECT request FROM app_batch_request WHERE batch = :batch"
        case .dropRequest:
            "DELETE FROM app_batch_request WHERE batch = :batch"
        // One step in the index for each app.
        case .nextApp:
            "SELECT min(owner) FROM app_batch WHERE due_at IS NOT NULL AND owner > :after"
        case .due:
            """
            \(Self.rows)
            WHERE app_batch.owner = :owner AND app_batch.due_at <= :now
            ORDER BY app_batch.due_at, app_batch.id
            LIMIT :limit
            """
        case .nextDue:
            "SELECT min(due_at) FROM app_batch WHERE due_at > :now"
        case .cancellable:
            """
            \(Self.rows)
            WHERE app_batch.id = :id AND app_batch.project = :project AND \(Self.isCancellable)
            """
        case .cancellableHaving:
            """
            \(Self.rowsOfKey)
                AND \(Self.isCancellable)
            ORDER BY app_batch_key.batch DESC
            LIMIT :limit
            """
        case .advance:
            """
            UPDATE app_batch
            SET phase = :phase, processed = :processed, due_at = :due_at, ended_at = :ended_at
            WHERE id = :id
            """
        case .drop:
            """
            DELETE FROM app_batch
            WHERE id IN (SELECT id FROM app_batch WHERE ended_at < :before ORDER BY ended_at LIMIT :limit)
            """
        // How many recipients of each app are still to become messages.
        case .open:
            """
            SELECT owner, CAST(sum(recipient_count - processed) AS BIGINT)
            FROM app_batch INDEXED BY app_batch_due
            WHERE due_at IS NOT NULL
            GROUP BY owner
            """
        }
    }
}
