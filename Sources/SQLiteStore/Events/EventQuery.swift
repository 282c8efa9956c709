/// The events that customers are notified of. The targets are in `CallQuery`.
enum EventQuery: Int, Query {
    case insertMessage, insertEnd, insertInbound, find

    var sql: String {
        switch self {
        case .insertMessage:
            """
            INSERT INTO event (
                batch, owner, created_at, message, recipient, carriers, state, failure, message_id, changed_at, attempts,
                network_time, status_text)
            SELECT batch, owner, :now, id, recipient, carriers, state, failure, message_id, changed_at, attempts,
                network_time, status_text
            FROM message
            WHERE id = :message
            """
        case .insertEnd:
            "INSERT INTO event (batch, owner, created_at) VALUES (:batch, :owner, :now)"
        case .insertInbound:
            "INSERT INTO event (inbound, owner, created_at) VALUES (:inbound, :owner, :now)"
        case .find:
            """
            SELECT \(EventColumn.list)
            FROM event
            WHERE id IN (SELECT value FROM json_each(:events))
            ORDER BY id
            """
        }
    }
}
