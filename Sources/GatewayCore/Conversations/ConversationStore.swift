package import FoundationEssentials

/// The conversations of apps with contacts.
package protocol ConversationStore: Sendable {
    func conversation(
        _ id: StoredConversation.ID, of project: String
    ) async throws(StoreFailure) -> StoredConversation?
    /// In the order of their ids.
    ///
    /// - Parameter last: the id behind which the list goes on; nil for its beginning.
    func conversations(
        of project: String, matching filter: ConversationFilter, after last: StoredConversation.ID?, limit: Int
    ) async throws(StoreFailure) -> [StoredConversation]
    /// How many the filter matches, counted up to a limit.
    func countConversations(
        of project: String, matching filter: ConversationFilter, upTo limit: Int
    ) async throws(StoreFailure) -> Int
    /// In the order in which they were last used.
    func recentConversations(
        of project: String, matching filter: ConversationFilter, after cursor: ListCursor?, limit: Int,
        isDescending: Bool
    ) async throws(StoreFailure) -> ListSlice<StoredConversation>
    /// Keeps a new conversation.
    ///
    /// - Parameters:
    ///   - notices: written in the same commit if it is made; the same holds for all changes below.
    ///   - answer: kept in the same commit.
    func insert(
        _ conversation: StoredConversation, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ConversationChangeResult
    /// Keeps what a conversation has become, as long as it has that revision.
    func update(
        _ conversation: StoredConversation, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> ConversationChangeResult
    /// Removes a conversation, and its messages from lists. What was sent goes on. Where there are many messages it is
    /// several commits, the conversation and the notices in the last.
    func removeConversation(
        _ id: StoredConversation.ID, of project: String, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool
    /// Finds the contact that somebody is and the app's active conversation with it, makes what is missing, and changes
    /// the conversation, in one commit.
    ///
    /// Where the conversation stays the same nothing is written.
    ///
    /// - Returns: nil where the contact is named by an id that no contact of the project has, or by a name that nobody
    ///   has while none is to be made.
    func engage(_ engagement: Engagement, now: Date) async throws(StoreFailure) -> Engagement.Result?
}

/// The result of changing a conversation.
package enum ConversationChangeResult: Sendable, Equatable {
    case done
    /// The app has an active conversation with the contact.
    case anotherIsActive(StoredConversation.ID)
    case noSuchContact
    case noSuchConversation
    /// Somebody else changed it in between.
    case outdated
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
}

/// An app that sends to somebody, or hears from somebody.
package struct Engagement: Sendable {
    package enum Peer: Sendable, Equatable {
        case contact(StoredContact.ID)
        /// Whoever has this name. Where nobody has it, the contact of the engagement is made.
        case identity(ContactIdentity)
    }

    /// The app.
    package let owner: Owner
    package let project: String
    package let peer: Peer
    /// Kept where there is none yet, with the identity of the peer alone.
    package let contact: StoredContact?
    /// The notices of the contact, asked for where it is new: most messages go to somebody who is known.
    package let contactNotices: @Sendable () -> [Notice]
    /// Kept where none is active yet, for whichever contact it is.
    package let conversation: @Sendable (StoredContact) -> StoredConversation
    /// The conversation as it is after the message that is sent or received. It is asked in the commit, so it decides
    /// from what it is given and does no I/O.
    package let change: @Sendable (StoredConversation) -> StoredConversation
    /// The notices of a conversation that was begun.
    package let conversationNotices: @Sendable (StoredConversation) -> [Notice]

    package init(
        of owner: Owner, in project: String, with peer: Peer, making contact: StoredContact?,
        contactNotices: @escaping @Sendable () -> [Notice] = { [] },
        conversation: @escaping @Sendable (StoredContact) -> StoredConversation,
        conversationNotices: @escaping @Sendable (StoredConversation) -> [Notice] = { _ in [] },
        change: @escaping @Sendable (StoredConversation) -> StoredConversation = { $0 }
    ) {
        self.owner = owner
        self.project = project
        self.peer = peer
        self.contact = contact
        self.contactNotices = contactNotices
        self.conversation = conversation
        self.conversationNotices = conversationNotices
        self.change = change
    }

    package struct Result: Sendable, Equatable {
        package let contact: StoredContact
        /// After the change.
        package let conversation: StoredConversation

        package init(contact: StoredContact, conversation: StoredConversation) {
            self.contact = contact
            self.conversation = conversation
        }
    }
}
