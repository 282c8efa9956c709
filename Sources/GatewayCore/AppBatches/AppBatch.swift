package import FoundationEssentials

/// One message of an app to many recipients, which is kept as it was asked for until its time has come.
package struct AppBatch: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    /// The app.
    package let owner: Owner
    package let createdAt: Date
    package let sendAfter: Date
    /// Whether it was asked for a later time; no other can be cancelled.
    package let isLater: Bool
    package let recipientCount: Int
    package var phase: Phase
    /// How many of the recipients have become messages, in their order.
    package var processed: Int
    /// The metadata of the batch itself, as JSON; empty for none.
    package let metadata: String
    /// What it is found by: the members of the metadata with one value.
    package let keys: [Key]
    /// The trace of the request that made it, which its messages have too.
    package var trace: Trace?
    /// Whether it came from a backup: whoever of its recipients becomes a message may have got it already.
    package var isInDoubt: Bool

    package enum Phase: String, Sendable, CaseIterable {
        /// Its recipients become messages now.
        case ready
        case scheduled
        /// Every recipient has become a message.
        case processed
        case cancelled
        case failed

        /// Whether recipients are still to become messages.
        package var isOpen: Bool { self == .ready || self == .scheduled }
    }

    package struct Key: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Which batches of a project are meant.
    package enum Selection: Sendable, Equatable {
        case batch(ID)
        case having(Key)
    }

    package init(
        id: ID, owner: Owner, createdAt: Date, sendAfter: Date, isLater: Bool, recipientCount: Int, phase: Phase,
        processed: Int = 0, metadata: String, keys: [Key], trace: Trace? = nil, isInDoubt: Bool = false
    ) {
        self.id = id
        self.owner = owner
        self.createdAt = createdAt
        self.sendAfter = sendAfter
        self.isLater = isLater
        self.recipientCount = recipientCount
        self.phase = phase
        self.processed = processed
        self.metadata = metadata
        self.keys = keys
        self.trace = trace
        self.isInDoubt = isInDoubt
    }
}
