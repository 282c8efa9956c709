/// Lists of conversations: of a project, of one app, of its active ones, and of a contact. Each is in the order of an
/// index; a channel, or being active where the index does not say it, is looked at in the rows.
enum ConversationListQuery: Int, Query {
    case ofProject, ofApp, activeOfApp, ofContact
    case countOfProject, countOfApp, countActiveOfApp, countOfContact
    case recentOfProject, recentOfApp, recentActiveOfApp, recentOfContact
    case latestOfProject, latestOfApp, latestActiveOfApp, latestOfContact

    /// What a list is of. The project is looked at in the rows, for its index would be the longer way.
    enum Scope: Int {
        case project, app, activeOfApp, contact

        fileprivate var condition: String {
            switch self {
            case .project: "conversation.project = :scope"
            case .app: "conversation.owner = :scope"
            case .activeOfApp: "conversation.owner = :scope AND conversation.is_active"
            case .contact: "conversation.contact = :scope"
            }
        }
    }

    enum Order: Int {
        case byID, counted, oldestFirst, newestFirst
    }

    init(_ order: Order, of scope: Scope) {
        self = Self.allCases[order.rawValue * 4 + scope.rawValue]
    }

    private var scope: Scope { Scope(rawValue: rawValue % 4) ?? .project }

    private var order: Order { Order(rawValue: rawValue / 4) ?? .byID }

    var sql: String {
        let rows = """
            FROM conversation
            JOIN owner ON owner.id = conversation.owner
            WHERE \(scope.condition) AND +conversation.project = :project
                AND (CAST(:app AS BIGINT) IS NULL OR conversation.owner = :app)
                AND (NOT :active_only OR conversation.is_active)
                AND (CAST(:channel AS TEXT) IS NULL OR conversation.channel = :channel)
            """
        switch order {
        case .byID:
            return """
                SELECT \(ConversationColumn.list)
                \(rows)
                    AND conversation.id > :after
                ORDER BY conversation.id
                LIMIT :limit
                """
        case .counted:
            return """
                SELECT count(*)
                FROM (
                    SELECT 1
                    \(rows)
                    LIMIT :limit) AS counted
                """
        case .oldestFirst:
            return """
                SELECT \(ConversationColumn.list)
                \(rows)
                    AND (conversation.last_used, conversation.id) > (:time, :after)
                ORDER BY conversation.last_used, conversation.id
                LIMIT :limit
                """
        case .newestFirst:
            return """
                SELECT \(ConversationColumn.list)
                \(rows)
                    AND (conversation.last_used, conversation.id) < (:time, :after)
                ORDER BY conversation.last_used DESC, conversation.id DESC
                LIMIT :limit
                """
        }
    }
}
