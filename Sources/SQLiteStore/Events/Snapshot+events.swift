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

/// Events that are due and have their turn, before they are claimed.
struct DueEvents: Sendable {
    /// The receiver of each.
    let receivers: [Event.ID: String]
    let nextDue: Date?
    let places: EventClaims.Places
}

extension Snapshot {
    /// What is told next: owners and receivers in turns, each of their events in the order of time.
    func dueEvents(for request: EventRequest, now: Date) throws(SQLiteError) -> DueEvents {
        let (queues, places) = try eventQueues(for: request)
        var waiting: [[Event.ID]] = []
        for queue in queues {
            let room = queue.dueAt > now ? 0 : min(request.share.room(of: queue.owner, at: queue.target), request.limit)
            waiting.append(room > 0 ? try firstEvents(of: queue, limit: room, now: now) : [])
        }
        let counts = request.share.allot(
            request.limit, among: zip(queues, waiting).map { (owner: $0.owner, target: $0.target, waiting: $1.count) })
        var receivers: [Event.ID: String] = [:]
        for (index, queue) in queues.enumerated() {
            for id in waiting[index].prefix(counts[index]) { receivers[id] = queue.receiver }
        }
        let nextDue = queues.lazy.filter { request.share.room(of: $0.owner, at: $0.target) > 0 }.map(\.dueAt).min()
        return DueEvents(receivers: receivers, nextDue: nextDue, places: places)
    }

    /// How many receivers of one owner are looked at in one look; the next goes on behind them.
    private static let receiversPerLook = 64

    /// The queues of owners that may have more calls, each found by one step in the index however long it is.
    private func eventQueues(
        for request: EventRequest
    ) throws(SQLiteError) -> (queues: [EventQueue], places: EventClaims.Places) {
        var queues: [EventQueue] = []
        var places: EventClaims.Places = [:]
        var place = EventPlace.start
        var (owner, count) = (0, 0)
        while let queue = try nextEventQueue(after: place, for: request) {
            if queue.number != owner {
                (owner, count) = (queue.number, 0)
                guard request.share.limitPerOwner > request.share.held(by: queue.owner) else {
                    place = .behind(owner)
                    continue
                }
                if let last = request.places[owner], queue.receiver <= last {
                    place = EventPlace(owner: owner, receiver: last)
                    continue
                }
            }
            queues.append(queue)
            count += 1
            place = EventPlace(owner: owner, receiver: queue.receiver)
            guard count >= Self.receiversPerLook else { continue }
            places[owner] = queue.receiver
            place = .behind(owner)
        }
        return (queues, places)
    }

    private func nextEventQueue(
        after place: EventPlace, for request: EventRequest
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

    private func firstEvents(of queue: EventQueue, limit: Int, now: Date) throws(SQLiteError) -> [Event.ID] {
        try connection.rows(
            EventQuery.due,
            [
                ":owner": .integer(queue.number), ":receiver": .text(queue.receiver), ":now": .time(now),
                ":limit": .integer(limit),
            ]
        ) { (row) throws(SQLiteError) in Event.ID(try row.integer()) }
    }
}

extension Connection {
    /// All owners and receivers with open events.
    func eventPlaces() throws(SQLiteError) -> [(owner: Int, receiver: String)] {
        var places: [(owner: Int, receiver: String)] = []
        var place = EventPlace.start
        while let (owner, receiver) = try first(
            EventQuery.nextPlace, place.bindings,
            read: { (row) throws(SQLiteError) in (try row.integer(), try row.text()) })
        {
            places.append((owner, receiver))
            place = EventPlace(owner: owner, receiver: receiver)
        }
        return places
    }
}

/// Where a walk through the index of open events is: behind all events at that place.
private struct EventPlace {
    var owner: Int
    var receiver: String
    var dueAt = Int.max

    static let start = EventPlace(owner: 0, receiver: "")

    /// Before all events of the next owner.
    static func behind(_ owner: Int) -> EventPlace { EventPlace(owner: owner + 1, receiver: "", dueAt: .min) }

    var bindings: Bindings {
        [":owner": .integer(owner), ":receiver": .text(receiver), ":due_at": .integer(dueAt)]
    }
}
