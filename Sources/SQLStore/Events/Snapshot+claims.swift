import GatewayCore

extension Snapshot {
    /// Calls with their events, in the order in which these happened. Batches come without their parameters, and each
    /// is read once however many of its events there are. Events that are gone are left out.
    func claims(of calls: [ClaimedCall]) throws(SQLError) -> [CallClaim] {
        let events = try events(Set(calls.map(\.id.event)))
        return calls.sorted { ($0.id.event, $0.id.target) < ($1.id.event, $1.id.target) }.compactMap { call in
            events[call.id.event].map { CallClaim(event: $0, target: call.id.target, tries: call.tries) }
        }
    }

    private func events(_ ids: Set<Event.ID>) throws(SQLError) -> [Event.ID: Event] {
        let list = "[" + ids.map(String.init).joined(separator: ",") + "]"
        let rows = try connection.rows(EventQuery.find, [":events": .text(list)]) { (row) throws(SQLError) in
            try EventRow(row.fields(of: EventColumn.self))
        }
        var batches: [Batch.ID: Batch] = [:]
        var events: [Event.ID: Event] = [:]
        var failure: SQLError?
        for row in rows {
            do throws(SQLError) {
                events[row.id] = try event(row, &batches)
            } catch {
                failure = error
            }
        }
        // One that cannot be read holds up none of the others; it comes again when its claim is over, alone at last.
        if events.isEmpty, let failure { throw failure }
        return events
    }

    private func event(_ row: EventRow, _ batches: inout [Batch.ID: Batch]) throws(SQLError) -> Event? {
        if let id = row.batch {
            guard let batch = try batch(id, &batches) else { return nil }
            let subject = row.message.map { Event.Subject.message($0, batch) } ?? .end(batch)
            return Event(id: row.id, owner: batch.owner, subject: subject, createdAt: row.createdAt)
        }
        if let notice = row.notice {
            return Event(id: row.id, owner: notice.owner, subject: .notice(notice), createdAt: row.createdAt)
        }
        guard let id = row.inbound else { throw .unreadable("an event of nothing") }
        guard let inbound = try inbound(id) else { return nil }
        guard let owner = inbound.owner else { throw .unreadable("an event of an inbound message that nobody has") }
        return Event(id: row.id, owner: owner, subject: .inbound(inbound), createdAt: row.createdAt)
    }

    private func batch(_ id: Batch.ID, _ batches: inout [Batch.ID: Batch]) throws(SQLError) -> Batch? {
        if batches[id] == nil { batches[id] = try labelledBatch(id) }
        return batches[id]
    }
}
