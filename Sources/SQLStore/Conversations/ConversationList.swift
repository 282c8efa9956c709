import FoundationEssentials
import GatewayCore

/// The conversations of a project that a filter matches, found by whatever it names that is rarest.
struct ConversationList {
    private let connection: Connection
    private let scope: ConversationListQuery.Scope
    private let filter: Bindings

    /// Nil where the store has seen nothing of the project or the app.
    init?(_ filter: ConversationFilter, of project: String, on connection: Connection) throws(SQLError) {
        guard let number = try connection.number(of: .project(project)) else { return nil }
        let app = try filter.app.map { (app) throws(SQLError) in
            try connection.number(of: .app(app, project: project))
        }
        if let app, app == nil { return nil }
        let owner = app ?? nil
        let value: SQLValue
        (scope, value) =
            if let contact = filter.contact {
                (.contact, .id(contact))
            } else if let owner {
                (filter.isActiveOnly ? .activeOfApp : .app, .integer(owner))
            } else {
                (.project, .integer(number))
            }
        self.connection = connection
        self.filter = [
            ":scope": value, ":project": .integer(number), ":app": .integer(owner),
            ":active_only": .flag(filter.isActiveOnly), ":channel": .text(filter.channel),
        ]
    }

    func byID(after last: StoredConversation.ID?, limit: Int) throws(SQLError) -> [StoredConversation] {
        try rows(.byID, [":after": .text(last?.description ?? ""), ":limit": .integer(max(limit, 0))])
    }

    func count(upTo limit: Int) throws(SQLError) -> Int {
        try connection.first(
            ConversationListQuery(.counted, of: scope), filter.with([":limit": .integer(max(limit, 0))])
        ) { (row) throws(SQLError) in try row.integer() } ?? 0
    }

    func recent(
        after cursor: ListCursor?, limit: Int, isDescending: Bool
    ) throws(SQLError) -> ListSlice<StoredConversation> {
        guard limit > 0, limit < Int.max else { return ListSlice([], next: cursor) }
        let beginning: SQLValue = .integer(isDescending ? Int.max : Int.min)
        let found = try rows(
            isDescending ? .newestFirst : .oldestFirst,
            [
                ":time": cursor.map { .time($0.time) } ?? beginning, ":after": .text(cursor?.id.description ?? ""),
                ":limit": .integer(limit + 1),
            ])
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { ListCursor(time: $0.lastUsed, id: $0.id) } : nil
        return ListSlice(page, next: next)
    }

    private func rows(
        _ order: ConversationListQuery.Order, _ part: Bindings
    ) throws(SQLError) -> [StoredConversation] {
        try connection.rows(
            ConversationListQuery(order, of: scope), filter.with(part)
        ) { (row) throws(SQLError) in try row.conversation() }
    }
}
