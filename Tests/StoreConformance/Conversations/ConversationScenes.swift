import Foundation
import GatewayCore
import Testing

extension Owner {
    /// The app `a1` of the project `p1`.
    static let app = Owner.app("a1", project: "p1")
    static let otherApp = Owner.app("a2", project: "p1")
}

extension Scene {
    /// A conversation that is not kept yet.
    func conversation(
        of owner: Owner = .app, with contact: StoredContact, isActive: Bool = true, channel: String = "MMS",
        usedAt second: Int = 0
    ) -> StoredConversation {
        StoredConversation(
            id: id(), owner: owner, contact: contact.id, isActive: isActive, channel: channel,
            lastUsed: .start + .seconds(second), text: "{}")
    }

    /// Keeps new conversations.
    func keep(_ conversations: StoredConversation...) async throws {
        for conversation in conversations { try #require(try await insert(conversation) == .done) }
    }

    func insert(_ conversation: StoredConversation) async throws -> ConversationChangeResult {
        try await store.insert(conversation, notices: [], keeping: nil, now: .start)
    }

    func update(_ conversation: StoredConversation) async throws -> ConversationChangeResult {
        try await store.update(conversation, notices: [], now: .start)
    }

    /// The conversation as it is kept.
    func kept(_ conversation: StoredConversation) async throws -> StoredConversation? {
        try await store.conversation(conversation.id, of: "p1")
    }

    func conversations(
        _ filter: ConversationFilter = ConversationFilter(), of project: String = "p1",
        after last: StoredConversation.ID? = nil, limit: Int = 9
    ) async throws -> [StoredConversation] {
        try await store.conversations(of: project, matching: filter, after: last, limit: limit)
    }

    /// What an app does that sends to a number, or hears from it.
    func engagement(
        of owner: Owner = .app, with peer: Engagement.Peer, making contact: StoredContact? = nil,
        usedAt second: Int = 0, change: @escaping @Sendable (StoredConversation) -> StoredConversation = { $0 }
    ) -> Engagement {
        let id = id()
        return Engagement(
            of: owner, in: "p1", with: peer, making: contact, contactNotices: { [.called("CONTACT_CREATE")] },
            conversation: { contact in
                StoredConversation(
                    id: id, owner: owner, contact: contact.id, channel: "MMS",
                    lastUsed: .start + .seconds(second), text: "{}")
            }, conversationNotices: { _ in [.called("CONVERSATION_START")] }, change: change)
    }

    func engage(_ engagement: Engagement) async throws -> Engagement.Result? {
        try await store.engage(engagement, now: .start)
    }
}
