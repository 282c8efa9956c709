package import FoundationEssentials

/// Which events a caller would tell.
package struct EventRequest: Sendable {
    /// Who is told, and where: what hangs at one receiver holds up nobody else.
    package typealias Share = FairShare<Owner, String>

    package var limit: Int
    /// Who has how many calls going on, and how many more may be.
    package var share: Share
    /// The receiver of an owner's events that name none of their own.
    package var defaultReceiver: @Sendable (Owner) -> String
    package var leaseUntil: Date
    /// Where the last look left off, of owners with more receivers than are looked at in one.
    package var places: EventClaims.Places

    package init(
        limit: Int, share: Share, leaseUntil: Date, places: EventClaims.Places = [:],
        defaultReceiver: @escaping @Sendable (Owner) -> String = { "\($0)" }
    ) {
        self.limit = limit
        self.share = share
        self.leaseUntil = leaseUntil
        self.places = places
        self.defaultReceiver = defaultReceiver
    }

    /// What an event is shared by.
    package func target(of owner: Owner, at receiver: String) -> String {
        receiver.isEmpty ? defaultReceiver(owner) : receiver
    }
}

/// What one look for events found.
package struct EventClaims: Sendable {
    /// By the number of the owner in the store.
    package typealias Places = [Int: String]

    /// In the order in which the events happened.
    package var claims: [EventClaim]
    /// When an event is due that has room and was not claimed; nil where there is none.
    package var nextDue: Date?
    package var places: Places

    package init(_ claims: [EventClaim], nextDue: Date?, places: Places = [:]) {
        self.claims = claims
        self.nextDue = nextDue
        self.places = places
    }
}
