/// The events that customers are notified of. The targets are in `CallQuery`.
enum EventQuery: Int, Query {
    case insertMessage, insertEnd, insertInbound, insertNotice, find, dropHeardNotice

    var sql: String {
        switch self {
        case .insertMessage:
            """
            INSERT INTO event (
                batch, owner, created_at, message, recipient, carriers, state, failure, message_id, changed_at, attempts,
                network_time, status_text)
            SELECT batch, owner, CAST(:now AS BIGINT), id, recipient, carriers, state, failure, message_id, changed_at, attempts,
                network_time, status_text
            FROM message
            WHERE id = :message
            """
        case .insertEnd:
            "INSERT INTO event (batch, owner, created_at) VALUES (:batch, :owner, :now)"
        case .insertInbound:
            "INSERT INTO event (inbound, owner, created_at) VALUES (:inbound, :owner, :now)"
        case .insertNotice:
            """
            INSERT INTO event (owner, created_at, notice, notice_text, notice_callback_url, trace)
            VALUES (:owner, :now, :notice, :notice_text, :notice_callback_url, :trace)
            """
        case .find:
            """
            SELECT \(EventColumn.list)
            FROM event
            CROSS JOIN owner ON owner.id = event.owner
            WHERE event.id IN (SELECT value FROM each_integer(:events))
            ORDER BY event.id
            """
        // Nothing else names a notice; one that was given up is kept for the operator.
        case .dropHeardNotice:
            """
            DELETE FROM event
            WHERE id = :event AND notice IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM call WHERE call.event = :event AND call.heard_at IS NULL)
            """
        }
    }
}
