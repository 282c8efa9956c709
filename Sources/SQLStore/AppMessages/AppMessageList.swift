import FoundationEssentials
import GatewayCore

/// A list of the messages of apps, as statements find it.
struct AppMessageList {
    /// The most lines that are looked at for one page, and the least for one key.
    static let looks = 20_000
    private static let looksPerKey = 1_000

    private let connection: Connection
    private let filter: AppMessageFilter
    private let project: Int
    /// The number of the app; nil for all of the project.
    private let owner: Int?
    private let key: Key
    /// What the list is found by, as JSON.
    private let keys: String
    private let keyCount: Int
    private let cursor: ListCursor?
    private let limit: Int
    private let now: Date

    private enum Key {
        case conversations, contacts, identities, apps
    }

    /// Nil where the project or the app has never had a message.
    init?(
        of project: String, matching filter: AppMessageFilter, after cursor: ListCursor?, limit: Int, now: Date,
        on connection: Connection
    ) throws(SQLError) {
        guard let number = try connection.number(of: .project(project)) else { return nil }
        let owner = try filter.app.map { (app) throws(SQLError) in
            try connection.number(of: .app(app, project: project)) ?? 0
        }
        if owner == 0 { return nil }
        if let conversation = filter.conversation {
            (key, keys, keyCount) = (.conversations, JSONColumn.plainList([conversation.description]), 1)
        } else if !filter.contacts.isEmpty {
            let contacts = Set(filter.contacts.map(\.description))
            (key, keys, keyCount) = (.contacts, JSONColumn.plainList(contacts), contacts.count)
        } else if !filter.identities.isEmpty {
            let identities = Set(filter.identities)
            (key, keys, keyCount) = (.identities, JSONColumn.texts(identities), identities.count)
        } else {
            let apps = if let owner { [owner] } else { try Self.apps(of: project, on: connection) }
            (key, keys, keyCount) = (.apps, "[\(apps.map(String.init).joined(separator: ","))]", apps.count)
        }
        self.connection = connection
        self.filter = filter
        self.project = number
        self.owner = owner
        self.cursor = cursor
        self.limit = limit
        self.now = now
    }

    private static func apps(of project: String, on connection: Connection) throws(SQLError) -> [Int] {
        try connection.rows(AppMessageQuery.apps, [":project": .text(project)]) { (row) throws(SQLError) in
            try row.integer()
        }
    }

    func page() throws(SQLError) -> ListSlice<AppMessageEntry> {
        switch key {
        case .conversations:
            try page(
                .inConversations, conditions.with(contacts).with(identities), end: .endInConversations, look)
        case .contacts: try page(.ofContacts, conditions.with(identities), end: .endOfContacts, look)
        case .identities: try page(.withIdentities, conditions, end: .endWithIdentities, look.with(ofProject))
        case .apps: try page(.ofApps, conditions, end: .endOfApps, look)
        }
    }

    /// The newest message of each key; of each identity where neither contacts nor identities are asked for.
    func lastOfEach() throws(SQLError) -> ListSlice<AppMessageEntry> {
        switch key {
        case .contacts: try slice(entries(.lastOfContacts, last))
        case .identities: try slice(entries(.lastWithIdentities, last))
        case .conversations: try slice(entries(.lastInConversations, last))
        case .apps: try page(.lastOfApps, conditions.with([":until": .integer(until)]), end: .endOfApps, look)
        }
    }

    private func page(
        _ list: AppMessageListQuery, _ bindings: Bindings, end: AppMessageListQuery, _ endBindings: Bindings
    ) throws(SQLError) -> ListSlice<AppMessageEntry> {
        let entries = try entries(list, bindings.with(look))
        guard entries.count <= limit || keyCount > 1 else { return slice(entries) }
        let end = try connection.first(end, endBindings) { (row) throws(SQLError) in
            ListCursor(time: try row.time(), id: try row.id())
        }
        guard let end else { return slice(entries) }
        let known = entries.prefix { ($0.acceptedAt, $0.id) >= (end.time, end.id) }
        return known.count > limit ? slice(Array(known)) : ListSlice(Array(known), next: end)
    }

    private func entries(
        _ query: AppMessageListQuery, _ bindings: Bindings
    ) throws(SQLError) -> [AppMessageEntry] {
        try connection.rows(query, bindings.with([":limit": .integer(limit + 1)])) { (row) throws(SQLError) in
            try AppMessageEntry(&row)
        }
    }

    /// - Parameter entries: one more than the limit where there are more.
    private func slice(_ entries: [AppMessageEntry]) -> ListSlice<AppMessageEntry> {
        let page = Array(entries.prefix(limit))
        let next = entries.count > limit ? page.last.map { ListCursor(time: $0.acceptedAt, id: $0.id) } : nil
        return ListSlice(page, next: next)
    }
}

// MARK: - Parameters

extension AppMessageList {
    private var until: Int64 { filter.until?.milliseconds ?? .max }

    /// Which lines are looked at: those behind the list's position.
    private var look: Bindings {
        let position = cursor.flatMap { $0.time.milliseconds < until ? $0 : nil }
        return look(
            before: position.map { .time($0.time) } ?? .integer(until), position.map { .id($0.id) } ?? .text(""))
    }

    private func look(before time: SQLValue, _ id: SQLValue) -> Bindings {
        [
            ":keys": .text(keys), ":from": .integer(filter.from?.milliseconds ?? .min), ":before": time,
            ":before_id": id,
            ":looks": .integer(max(Self.looks / max(keyCount, 1), Self.looksPerKey, limit + 1)),
        ]
    }

    /// The last message of a key is the last whatever the position; which keys a page has depends on it.
    private var last: Bindings {
        conditions.with(look(before: .integer(until), .text(""))).with([
            ":behind": cursor.map { .time($0.time) } ?? .integer(.max),
            ":behind_id": cursor.map { .id($0.id) } ?? .text(""),
        ])
    }

    private var ofProject: Bindings { [":project": .integer(project)] }

    private var conditions: Bindings {
        ofProject.with([
            ":owner": .integer(owner), ":direction": .integer(filter.direction?.rawValue),
            ":is_of_conversation": .flag(filter.isOfConversation), ":channel": .text(filter.channel),
            ":now": .time(now), ":is_of_senders_only": .flag(filter.isOfSendersOnly),
        ])
    }

    private var contacts: Bindings {
        [":contacts": filter.contacts.isEmpty ? .null : .text(JSONColumn.plainList(filter.contacts.map(\.description)))]
    }

    private var identities: Bindings {
        [":identities": filter.identities.isEmpty ? .null : .text(JSONColumn.texts(Set(filter.identities)))]
    }
}
