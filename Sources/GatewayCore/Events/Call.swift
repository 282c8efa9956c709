package import FoundationEssentials

/// An event on its way to one target: a short name that the customer's API gave to one of those it notifies. Every target
/// of an event has a call of its own, which is retried by itself.
package struct Call: Sendable, Equatable {
    package let target: String
    /// When it is made next, or a claim of it ends; nil once it has ended, and while it is held.
    package var dueAt: Date?
    /// When the pause began that `dueAt` ends; nil where it waits for no retry.
    package var pausedAt: Date?
    package var tries: Int
    package var firstTriedAt: Date?
    package var heardAt: Date?
    /// Why the last try that failed did so.
    package var reason: PeerText?

    package init(
        target: String, dueAt: Date? = nil, pausedAt: Date? = nil, tries: Int = 0, firstTriedAt: Date? = nil,
        heardAt: Date? = nil, reason: PeerText? = nil
    ) {
        self.target = target
        self.dueAt = dueAt
        self.pausedAt = pausedAt
        self.tries = tries
        self.firstTriedAt = firstTriedAt
        self.heardAt = heardAt
        self.reason = reason
    }

    package struct ID: Hashable, Sendable {
        package let event: Event.ID
        package let target: String

        package init(event: Event.ID, target: String) {
            self.event = event
            self.target = target
        }
    }

    /// How far a call is.
    package enum Progress: Sendable, Equatable {
        /// The customer answered 2xx.
        case heard(at: Date)
        /// It is made at that time, or made again if a try is in progress and fails.
        case due(at: Date)
        /// A call of the same message to the same target goes before it.
        case held
        /// It is not made again.
        case givenUp
    }

    package var progress: Progress {
        if let heardAt { return .heard(at: heardAt) }
        if let dueAt { return .due(at: dueAt) }
        return tries == 0 ? .held : .givenUp
    }
}

/// A call that is due, with the event that it is about.
package struct CallClaim: Sendable, Identifiable {
    package let event: Event
    package let target: String
    /// How often it was made before.
    package let tries: Int

    package init(event: Event, target: String = "", tries: Int = 0) {
        self.event = event
        self.target = target
        self.tries = tries
    }

    package var id: Call.ID { Call.ID(event: event.id, target: target) }
}

/// What is recorded of a call.
package enum CallResult: Sendable, Equatable {
    /// The customer has heard it.
    case heard
    /// The customer has not heard it; it is made again at that time.
    case again(at: Date, reason: PeerText)
    /// It will not be made any more.
    case givenUp(reason: PeerText)
}
