import FoundationEssentials
import GatewayCore

extension Transaction {
    /// - Parameter made: the contact that is kept where there is none yet.
    func engage(
        _ engagement: Engagement, making made: WrittenContact?, now: Date
    ) throws(SQLError) -> Engagement.Result? {
        let project = try number(of: .project(engagement.project))
        let owner = try number(of: engagement.owner)
        let known: StoredContact.ID? =
            switch engagement.peer {
            case .contact(let id): id
            case .identity(let identity): try connection.holder(of: identity, in: project)
            }
        var contact: StoredContact?
        if let known {
            contact = try connection.contact(known, of: engagement.project, number: project)
        } else if let made {
            try insert(made)
            try append(engagement.contactNotices(), now: now)
            contact = made.contact
        }
        guard let contact else { return nil }
        if let present = try connection.activeConversation(of: owner, with: contact.id) {
            return Engagement.Result(contact: contact, conversation: try change(present, by: engagement))
        }
        let conversation = engagement.change(engagement.conversation(contact))
        guard conversation.owner == engagement.owner, conversation.contact == contact.id else {
            throw .mistake("a conversation of somebody else was begun")
        }
        try write(conversation, in: project)
        try append(engagement.conversationNotices(conversation), now: now)
        return Engagement.Result(contact: contact, conversation: conversation)
    }

    /// Writes nothing where the conversation stays the same.
    private func change(
        _ present: StoredConversation, by engagement: Engagement
    ) throws(SQLError) -> StoredConversation {
        var next = engagement.change(present)
        guard next != present else { return present }
        guard next.id == present.id, next.owner == present.owner, next.contact == present.contact else {
            throw .mistake("a conversation became another")
        }
        next.revision = present.revision + 1
        try connection.write(ConversationQuery.update, next.changes)
        return next
    }
}
