import GatewayCore

/// What is read of a conversation.
enum ConversationColumn: Int, Columns {
    case id, ownerKind, ownerName, contact, isActive, channel, lastReceived, lastUsed, text, revision

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        default: "conversation.\(name)"
        }
    }
}

extension Row {
    mutating func conversation() throws(SQLError) -> StoredConversation {
        let fields = fields(of: ConversationColumn.self)
        return StoredConversation(
            id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            contact: try fields[.contact].id(), isActive: try fields[.isActive].flag(),
            channel: try fields[.channel].text(), lastReceived: fields[.lastReceived].optionalTime(),
            lastUsed: try fields[.lastUsed].time(), text: try fields[.text].text(),
            revision: try fields[.revision].integer())
    }
}

extension StoredConversation {
    /// What an update writes.
    var changes: Bindings {
        [
            ":id": .id(id), ":is_active": .flag(isActive), ":channel": .text(channel),
            ":last_received": .time(lastReceived), ":last_used": .time(lastUsed), ":text": .text(text),
            ":revision": .integer(revision),
        ]
    }
}

extension Connection {
    func conversation(_ id: StoredConversation.ID, in project: Int) throws(SQLError) -> StoredConversation? {
        try first(
            ConversationQuery.find, [":id": .id(id), ":project": .integer(project)]
        ) { (row) throws(SQLError) in try row.conversation() }
    }

    func activeConversation(of owner: Int, with contact: StoredContact.ID) throws(SQLError) -> StoredConversation? {
        try first(
            ConversationQuery.active, [":owner": .integer(owner), ":contact": .id(contact)]
        ) { (row) throws(SQLError) in try row.conversation() }
    }
}
