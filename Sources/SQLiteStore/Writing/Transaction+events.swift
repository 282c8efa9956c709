import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives out events that are due, and not again before the lease ends: owners and receivers in turns, each of their
    /// events in the order of time.
    func claimEvents(_ request: EventRequest, now: Date) throws(SQLiteError) -> ClaimedEvents {
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
        let events = try claim(receivers, until: request.leaseUntil)
        let nextDue = queues.lazy.filter { request.share.room(of: $0.owner, at: $0.target) > 0 }.map(\.dueAt).min()
        return ClaimedEvents(events: events, nextDue: nextDue, places: places)
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

    private func claim(_ receivers: [Event.ID: String], until end: Date) throws(SQLiteError) -> [ClaimedEvent] {
        guard !receivers.isEmpty else { return [] }
        let list = "[" + receivers.keys.map(String.init).joined(separator: ",") + "]"
        return try connection.rows(
            EventQuery.claim, [":events": .text(list), ":lease_until": .time(end)]
        ) { (row) throws(SQLiteError) in try row.claimedEvent(receivers: receivers) }
        .sorted { $0.event.id < $1.event.id }
    }

    /// Makes due again what a process that has ended was telling.
    func endTellings(now: Date) throws(SQLiteError) {
        for place in try eventPlaces() {
            let ended = try connection.run(
                EventQuery.endLeases,
                [":owner": .integer(place.owner), ":receiver": .text(place.receiver), ":now": .time(now)])
            if ended > 0 { bells.events = true }
        }
    }

    /// Keeps what came of telling an event; one that was heard stays heard. At its end the next of its message is due.
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) throws(SQLiteError) {
        switch outcome {
        case .heard:
            try connection.run(EventQuery.recordHeard, [":id": .integer(event), ":now": .time(now)])
            try releaseNext(after: event, now: now)
        case .again(let dueAt, let reason):
            try connection.run(
                EventQuery.recordAgain,
                [":id": .integer(event), ":now": .time(now), ":due_at": .time(dueAt), ":reason": .text(reason)])
            bells.events = true
        case .droppedAfter(let reason):
            try connection.run(
                EventQuery.recordDropped, [":id": .integer(event), ":now": .time(now), ":reason": .text(reason)])
            try releaseNext(after: event, now: now)
        }
    }

    private func releaseNext(after event: Event.ID, now: Date) throws(SQLiteError) {
        let released = try connection.run(EventQuery.releaseNext, [":id": .integer(event), ":now": .time(now)])
        if released > 0 { bells.events = true }
    }
}
