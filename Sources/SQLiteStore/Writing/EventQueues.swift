import FoundationEssentials
import GatewayCore

/// The open events of one owner at one receiver.
struct EventQueue: Sendable {
    /// The owner's number in the store.
    let number: Int
    let owner: Owner
    /// Empty for the owner's own.
    let receiver: String
    /// When the first of them is due.
    let dueAt: Date
    /// What they are shared by.
    let target: String
}

/// Events that were claimed, before what they are about is read.
struct ClaimedEvents: Sendable {
    let events: [ClaimedEvent]
    let nextDue: Date?
    let places: EventClaims.Places
}

extension Transaction {
    /// How many receivers of one owner are looked at in one look; the next goes on behind them.
    private static let receiversPerLook = 64

    /// The queues of owners that may have more calls, each found by one step in the index however long it is.
    func eventQueues(
        for request: EventRequest
    ) throws(SQLiteError) -> (queues: [EventQueue], places: EventClaims.Places) {
        var queues: [EventQueue] = []
        var places: EventClaims.Places = [:]
        var place = Place.start
        var (owner, count) = (0, 0)
        while let queue = try nextEventQueue(after: place, for: request) {
            if queue.number != owner {
                (owner, count) = (queue.number, 0)
                guard request.share.limitPerOwner > request.share.held(by: queue.owner) else {
                    place = .behind(owner)
                    continue
                }
                if let last = request.places[owner], queue.receiver <= last {
                    place = Place(owner: owner, receiver: last)
                    continue
                }
            }
            queues.append(queue)
            count += 1
            place = Place(owner: owner, receiver: queue.receiver)
            guard count >= Self.receiversPerLook else { continue }
            places[owner] = queue.receiver
            place = .behind(owner)
        }
        return (queues, places)
    }

    /// All owners and receivers with open events.
    func eventPlaces() throws(SQLiteError) -> [(owner: Int, receiver: String)] {
        var places: [(owner: Int, receiver: String)] = []
        var place = Place.start
        while let (owner, receiver) = try connection.first(
            EventQuery.nextPlace, place.bindings,
            read: { (row) throws(SQLiteError) in (try row.integer(), try row.text()) })
        {
            places.append((owner, receiver))
            place = Place(owner: owner, receiver: receiver)
        }
        return places
    }

    private func nextEventQueue(
        after place: Place, for request: EventRequest
    ) throws(SQLiteError) -> EventQueue? {
        try connection.first(EventQuery.nextQueue, place.bindings) { (row) throws(SQLiteError) in
            let number = try row.integer()
            let owner = try row.owner()
            let receiver = try row.text()
            return EventQueue(
                number: number, owner: owner, receiver: receiver, dueAt: try row.time(),
                target: request.target(of: owner, at: receiver))
        }
    }

    /// Where a walk through the index is: behind all events at that place.
    private struct Place {
        var owner: Int
        var receiver: String
        var dueAt = Int.max

        static let start = Place(owner: 0, receiver: "")

        /// Before all events of the next owner.
        static func behind(_ owner: Int) -> Place { Place(owner: owner + 1, receiver: "", dueAt: .min) }

        var bindings: Bindings {
            [":owner": .integer(owner), ":receiver": .text(receiver), ":due_at": .integer(dueAt)]
        }
    }
}
