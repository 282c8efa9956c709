import GatewayCore

extension Snapshot {
    /// Events with what they are about: batches without their parameters, each read once however many of its events
    /// there are. What is gone is left out.
    func claims(of events: [ClaimedEvent]) throws(SQLiteError) -> [EventClaim] {
        var batches: [Batch.ID: Batch] = [:]
        var claims: [EventClaim] = []
        claims.reserveCapacity(events.count)
        for claimed in events {
            guard let subject = try subject(of: claimed.event.kind, &batches) else { continue }
            claims.append(
                EventClaim(
                    event: claimed.event, subject: subject, tries: claimed.tries,
                    receiver: claimed.receiver))
        }
        return claims
    }

    private func subject(
        of kind: Event.Kind, _ batches: inout [Batch.ID: Batch]
    ) throws(SQLiteError) -> EventClaim.Subject? {
        switch kind {
        case .messageChanged(let message):
            return try batch(message.batch, &batches).map { .message(message, $0) }
        case .batchFinished(let id):
            return try batch(id, &batches).map { .end($0) }
        case .inboundReceived(let id):
            return try inbound(id).map { .inbound($0) }
        }
    }

    private func batch(_ id: Batch.ID, _ batches: inout [Batch.ID: Batch]) throws(SQLiteError) -> Batch? {
        if batches[id] == nil { batches[id] = try labelledBatch(id) }
        return batches[id]
    }
}
