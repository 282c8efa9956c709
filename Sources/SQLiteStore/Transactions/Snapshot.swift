import FoundationEssentials
import GatewayCore

/// What can be read, from a connection that sees all that is committed when a statement begins.
struct Snapshot {
    let connection: Connection

    func batch(_ id: Batch.ID) throws(SQLiteError) -> BatchRow? {
        try connection.first(BatchQuery.find, [":id": .id(id)]) { (row) throws(SQLiteError) in try BatchRow(&row) }
    }

    func batchWithoutParameters(_ id: Batch.ID) throws(SQLiteError) -> BatchRow? {
        try connection.first(
            BatchQuery.findWithoutParameters, [":id": .id(id)]
        ) { (row) throws(SQLiteError) in try BatchRow(&row) }
    }

    /// The batch with its media, once that is here; a text alone has none.
    func content(of batch: Batch.ID) throws(SQLiteError) -> (BatchRow, StoredMedia?)? {
        let media = try media(of: batch)
        guard let batch = try self.batch(batch), media != nil || !batch.hasMediaURL else { return nil }
        return (batch, media)
    }

    func media(of batch: Batch.ID) throws(SQLiteError) -> StoredMedia? {
        try connection.first(BatchQuery.media, [":batch": .id(batch)]) { (row) throws(SQLiteError) in
            StoredMedia(
                hash: try row.text(), contentType: try row.text(), byteCount: try row.integer(),
                name: row.optionalText())
        }
    }

    func message(to recipient: MSISDN, in batch: Batch.ID) throws(SQLiteError) -> Message? {
        try connection.first(
            MessageQuery.find, [":batch": .id(batch), ":recipient": .text(recipient.digits)]
        ) { (row) throws(SQLiteError) in try row.message() }
    }

    func queueTally() throws(SQLiteError) -> QueueTally {
        var tally = QueueTally()
        for query in [MessageQuery.countWaiting, .countSubmitting] {
            tally.waiting += try connection.first(query) { (row) throws(SQLiteError) in try row.integer() } ?? 0
        }
        let last = try connection.first(MessageQuery.lastPlace) { row in row.optionalTime() } ?? nil
        tally.lastPlace = last?.milliseconds ?? 0
        return tally
    }

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

    func inbound(_ id: Inbound.ID) throws(SQLiteError) -> Inbound? {
        try connection.first(InboundQuery.find, [":id": .id(id)]) { (row) throws(SQLiteError) in try row.inbound() }
    }

    private func batch(_ id: Batch.ID, _ batches: inout [Batch.ID: Batch]) throws(SQLiteError) -> Batch? {
        if batches[id] == nil { batches[id] = try labelledBatch(id) }
        return batches[id]
    }

    /// A batch that is told of, which nobody needs the parameters for.
    func labelledBatch(_ id: Batch.ID) throws(SQLiteError) -> Batch? {
        try connection.first(
            BatchQuery.findWithoutParameters, [":id": .id(id)]
        ) { (row) throws(SQLiteError) in try row.batchWithoutParameters() }
    }
}
