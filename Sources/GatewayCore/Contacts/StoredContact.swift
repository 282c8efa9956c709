/// Somebody that a project speaks with. What the store has to find it by stands beside a text that only its API reads.
package struct StoredContact: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let project: String
    /// At least one. Each belongs to one contact of a project.
    package var identities: [ContactIdentity]
    /// The project's own name for it; empty where there is none.
    package var externalID: String
    package var text: String
    /// Rises with every change: whoever has an older one does not know the contact as it is now.
    package var revision: Int

    package init(
        id: ID, project: String, identities: [ContactIdentity], externalID: String = "", text: String,
        revision: Int = 0
    ) {
        self.id = id
        self.project = project
        self.identities = identities
        self.externalID = externalID
        self.text = text
        self.revision = revision
    }
}

/// What somebody is called on a channel: `MMS`, `12025550100`. Numbers are digits alone.
package struct ContactIdentity: Sendable, Hashable, Codable {
    package let channel: String
    package let identity: String

    package init(channel: String, identity: String) {
        self.channel = channel
        self.identity = identity
    }
}

/// Which contacts of a project a list has.
package enum ContactFilter: Sendable, Equatable {
    case all
    case externalID(String)
    case identity(ContactIdentity)
}

/// An identity that several contacts of a project have, each on channels of its own.
package struct ContactConflict: Sendable, Equatable {
    package let identity: String
    package let channels: [String]
    package let contacts: [StoredContact.ID]

    package init(identity: String, channels: [String], contacts: [StoredContact.ID]) {
        self.identity = identity
        self.channels = channels
        self.contacts = contacts
    }
}
