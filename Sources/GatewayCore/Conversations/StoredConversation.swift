package import FoundationEssentials

/// What an app and a contact say to each other. At most one conversation of the two is active.
package struct StoredConversation: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    /// The app, as whose it is.
    package let owner: Owner
    package let contact: StoredContact.ID
    package var isActive: Bool
    /// Empty where it has none.
    package var channel: String
    /// When the contact was heard last; nil: never.
    package var lastReceived: Date?
    /// When something was last sent or received in it.
    package var lastUsed: Date
    package var text: String
    /// Rises with every change: whoever has an older one does not know the conversation as it is now.
    package var revision: Int

    package init(
        id: ID, owner: Owner, contact: StoredContact.ID, isActive: Bool = true, channel: String,
        lastReceived: Date? = nil, lastUsed: Date, text: String, revision: Int = 0
    ) {
        self.id = id
        self.owner = owner
        self.contact = contact
        self.isActive = isActive
        self.channel = channel
        self.lastReceived = lastReceived
        self.lastUsed = lastUsed
        self.text = text
        self.revision = revision
    }
}

/// Which conversations of a project a list has.
package struct ConversationFilter: Sendable, Equatable {
    /// Those of one app; nil for all of the project.
    package var app: String?
    package var contact: StoredContact.ID?
    package var isActiveOnly: Bool
    package var channel: String?

    package init(
        app: String? = nil, contact: StoredContact.ID? = nil, isActiveOnly: Bool = false, channel: String? = nil
    ) {
        self.app = app
        self.contact = contact
        self.isActiveOnly = isActiveOnly
        self.channel = channel
    }
}
