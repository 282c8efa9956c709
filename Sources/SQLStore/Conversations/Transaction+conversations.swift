import FoundationEssentials
import GatewayCore

extension Transaction {
    func insert(
        _ conversation: StoredConversation, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) throws(SQLError) -> ConversationChangeResult {
        try connection.driver.requireRoom()
        if let kept = try kept(answer) { return .answered(kept) }
        let project = try project(of: conversation.owner)
        guard
            try connection.contact(conversation.contact, of: project.id, number: project.number) != nil
        else { return .noSuchContact }
        if let other = try rival(of: conversation) { return .anotherIsActive(other) }
        try write(conversation, in: project.number)
        try append(notices, now: now)
        try keep(answer)
        return .done
    }

    func update(
        _ conversation: StoredConversation, notices: [Notice], now: Date
    ) throws(SQLError) -> ConversationChangeResult {
        try connection.driver.requireRoom()
        let project = try project(of: conversation.owner)
        guard let present = try connection.conversation(conversation.id, in: project.number),
            present.owner == conversation.owner
        else { return .noSuchConversation }
        guard present.revision == conversation.revision, present.contact == conversation.contact else {
            return .outdated
        }
        if let other = try rival(of: conversation) { return .anotherIsActive(other) }
        var next = conversation
        next.revision += 1
        try connection.write(ConversationQuery.update, next.changes)
        try append(notices, now: now)
        return .done
    }

    /// Removes messages from lists, and with the last of them the conversation.
    ///
    /// - Returns: false where there is no such conversation; nil where more of its messages are to be removed.
    func removeConversation(
        _ id: StoredConversation.ID, of project: String, notices: [Notice], limit: Int, now: Date
    ) throws(SQLError) -> Bool? {
        guard let number = try connection.number(of: .project(project)),
            try connection.conversation(id, in: number) != nil
        else { return false }
        let count = try connection.run(
            ConversationQuery.dropMessages, [":id": .id(id), ":limit": .integer(limit)])
        guard count < limit else { return nil }
        try connection.write(ConversationQuery.delete, [":id": .id(id)])
        try append(notices, now: now)
        return true
    }

    /// Ends being active of those whose contact has another active one, and gives all to that contact.
    func moveConversations(from other: StoredContact.ID, to contact: StoredContact.ID) throws(SQLError) {
        try connection.write(ConversationQuery.move, [":other": .id(other), ":contact": .id(contact)])
    }

    /// - Parameter project: its number.
    func write(_ conversation: StoredConversation, in project: Int) throws(SQLError) {
        try connection.write(
            ConversationQuery.insert,
            conversation.changes.with([
                ":owner": .integer(number(of: conversation.owner)), ":project": .integer(project),
                ":contact": .id(conversation.contact),
            ]))
    }

    /// The project that an app is of.
    func project(of owner: Owner) throws(SQLError) -> (id: String, number: Int) {
        guard case .app(_, let project) = owner else { throw .mistake("only apps have conversations and batches") }
        return (project, try number(of: .project(project)))
    }

    /// Another conversation that is active, where this one is to be.
    private func rival(of conversation: StoredConversation) throws(SQLError) -> StoredConversation.ID? {
        guard conversation.isActive else { return nil }
        let active = try connection.activeConversation(of: number(of: conversation.owner), with: conversation.contact)
        return active?.id == conversation.id ? nil : active?.id
    }
}
