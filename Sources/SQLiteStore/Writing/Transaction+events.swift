import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives out events that are due, oldest first, and not again before the lease ends.
    func claimEvents(limit: Int, now: Date, leaseUntil: Date) throws(SQLiteError) -> [ClaimedEvent] {
        try connection.rows(
            EventQuery.claimDue,
            [":limit": .integer(limit), ":now": .time(now), ":lease_until": .time(leaseUntil)]
        ) { (row) throws(SQLiteError) in try row.claimedEvent() }
        .sorted { $0.event.id < $1.event.id }
    }

    /// Makes due again what a process that has ended was telling.
    func endTellings(now: Date) throws(SQLiteError) {
        if try connection.run(EventQuery.endLeases, [":now": .time(now)]) > 0 { bells.events = true }
    }

    /// Keeps what came of telling an event; one that was heard stays heard.
    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) throws(SQLiteError) {
        switch outcome {
        case .heard:
            try connection.run(EventQuery.recordHeard, [":id": .integer(event), ":now": .time(now)])
        case .again(let dueAt, let reason):
            try connection.run(
                EventQuery.recordAgain,
                [":id": .integer(event), ":now": .time(now), ":due_at": .time(dueAt), ":reason": .text(reason)])
            bells.events = true
        case .droppedAfter(let reason):
            try connection.run(
                EventQuery.recordDropped, [":id": .integer(event), ":now": .time(now), ":reason": .text(reason)])
        }
    }
}
