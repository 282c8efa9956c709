/// Inbound messages as an operator asks for them.
enum InboundStoryQuery: Int, Query {
    case countQuarantined, listQuarantined, inbound, listOfApp, countOfApp, notifications

    var sql: String {
        switch self {
        // Unowned inbound messages.
        case .countQuarantined:
            "SELECT count(*) FROM inbound WHERE owner IS NULL"
        case .listQuarantined:
            """
            SELECT id
            FROM inbound
            WHERE owner IS NULL
            ORDER BY received_at, rowid
            LIMIT :limit
            """
        case .inbound:
            """
            SELECT \(InboundColumn.list), inbound.mmsc
            FROM inbound
            LEFT JOIN owner ON owner.id = inbound.owner
            WHERE inbound.id = :name
            """
        // The newest messages of an app, which is named as its project, a slash and the app.
        case .listOfApp:
            """
            SELECT id
            FROM inbound
            WHERE owner = (SELECT id FROM owner WHERE kind = 'app' AND name = :name)
            ORDER BY received_at DESC
            LIMIT :limit
            """
        case .countOfApp:
            """
            SELECT count(*)
            FROM inbound
            WHERE owner = (SELECT id FROM owner WHERE kind = 'app' AND name = :name)
            """
        case .notifications:
            """
            SELECT \(NotificationColumn.list)
            FROM event
            JOIN call ON call.event = event.id
            WHERE inbound = :name
            ORDER BY event.id, call.target
            """
        }
    }
}
