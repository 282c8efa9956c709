package import FoundationEssentials

/// The line of a message in an app's lists, whichever way it went. Without it a message goes its way all the same, and
/// nobody can look it up.
package struct AppMessageEntry: Sendable, Equatable, Identifiable {
    /// The id of the message: of a message that was sent, or one of those that an inbound message makes.
    package let id: ULID
    /// The app.
    package let owner: Owner
    package let direction: Direction
    /// Whether it belongs to a conversation; else it was dispatched alone.
    package let isOfConversation: Bool
    /// Who it was sent to, or who sent it, on which channel.
    package let identity: ContactIdentity
    package let contact: StoredContact.ID?
    package let conversation: StoredConversation.ID?
    package let acceptedAt: Date
    /// After that time it is in no list; nil for no such time.
    package let keptUntil: Date?
    package let body: Body

    package enum Direction: Int, Sendable, Equatable {
        case toContact = 0
        case toApp = 1
    }

    /// Where its content is.
    package enum Body: Sendable, Equatable {
        /// A batch of one message, whose echo has what the API gives back.
        case batch(Batch.ID)
        /// One of the messages that an inbound message makes, counted from 0. The echo of that has the others too.
        case inbound(Inbound.ID, number: Int)
    }

    package init(
        id: ULID, owner: Owner, direction: Direction, isOfConversation: Bool, identity: ContactIdentity,
        contact: StoredContact.ID? = nil, conversation: StoredConversation.ID? = nil, acceptedAt: Date,
        keptUntil: Date?, body: Body
    ) {
        self.id = id
        self.owner = owner
        self.direction = direction
        self.isOfConversation = isOfConversation
        self.identity = identity
        self.contact = contact
        self.conversation = conversation
        self.acceptedAt = acceptedAt
        self.keptUntil = keptUntil
        self.body = body
    }
}

/// A message that a list shows.
package struct ListedAppMessage: Sendable, Equatable, Identifiable {
    package let entry: AppMessageEntry
    /// The batch, without parameters, or the inbound message.
    package let content: Content

    package enum Content: Sendable, Equatable {
        case sent(Batch)
        case received(Inbound)
    }

    package init(_ entry: AppMessageEntry, _ content: Content) {
        self.entry = entry
        self.content = content
    }

    package var id: ULID { entry.id }
}

/// Which messages of a project a list has.
package struct AppMessageFilter: Sendable, Equatable {
    /// Those of one app; nil for all of the project.
    package var app: String?
    package var direction: AppMessageEntry.Direction?
    /// Those of conversations, or those that were dispatched alone; nil for both.
    package var isOfConversation: Bool?
    package var channel: String?
    /// With any of these on whichever channel; empty for all.
    package var identities: [String]
    /// With any of these; empty for all.
    package var contacts: [StoredContact.ID]
    package var conversation: StoredConversation.ID?
    /// Accepted at this moment or later.
    package var from: Date?
    /// Accepted before this moment.
    package var until: Date?
    /// Only those with somebody who has sent something to the app.
    package var isOfSendersOnly: Bool

    package init(
        app: String? = nil, direction: AppMessageEntry.Direction? = nil, isOfConversation: Bool? = nil,
        channel: String? = nil, identities: [String] = [], contacts: [StoredContact.ID] = [],
        conversation: StoredConversation.ID? = nil, from: Date? = nil, until: Date? = nil,
        isOfSendersOnly: Bool = false
    ) {
        self.app = app
        self.direction = direction
        self.isOfConversation = isOfConversation
        self.channel = channel
        self.identities = identities
        self.contacts = contacts
        self.conversation = conversation
        self.from = from
        self.until = until
        self.isOfSendersOnly = isOfSendersOnly
    }
}
