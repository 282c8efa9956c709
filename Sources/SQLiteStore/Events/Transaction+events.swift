import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives out those of the events that are due still, and not again before the lease ends.
    ///
    /// - Parameter receivers: of each event.
    func claimEvents(
        _ receivers: [Event.ID: String], until end: Date, now: Date
    ) throws(SQLiteError) -> [ClaimedEvent] {
        let list = "[" + receivers.keys.map(String.init).joined(separator: ",") + "]"
        return try connection.rows(
            EventQuery.claim, [":events": .text(list), ":now": .time(now), ":lease_until": .time(end)]
        ) { (row) throws(SQLiteError) in try row.claimedEvent(receivers: receivers) }
        .sorted { $0.event.id < $1.event.id }
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
                EventQuery.recordDropped, [":id": .integer(event), ":reason": .text(reason)])
            try releaseNext(after: event, now: now)
        }
    }

    private func releaseNext(after event: Event.ID, now: Date) throws(SQLiteError) {
        let released = try connection.run(EventQuery.releaseNext, [":id": .integer(event), ":now": .time(now)])
        if released > 0 { bells.events = true }
    }
}
