package import FoundationEssentials

/// An event that is due to be told, with the batch it belongs to.
package struct EventClaim: Sendable, Identifiable {
    package let event: Event
    /// Without its parameters, which no webhook tells and which may be large: they are empty here.
    package let batch: Batch
    /// How often it was tried before.
    package let tries: Int
    /// When it was tried first; the schedule counts from there.
    package let firstTriedAt: Date?

    package init(event: Event, batch: Batch, tries: Int, firstTriedAt: Date?) {
        self.event = event
        self.batch = batch
        self.tries = tries
        self.firstTriedAt = firstTriedAt
    }

    package var id: Event.ID { event.id }
}

/// What came of telling an event.
package enum TellingOutcome: Sendable, Equatable {
    /// The customer has heard it.
    case heard
    /// Not now; again then.
    case again(at: Date, reason: String)
    /// It will not be tried any more.
    case droppedAfter(reason: String)
}
