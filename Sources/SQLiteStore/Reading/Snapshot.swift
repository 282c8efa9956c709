import FoundationEssentials
import GatewayCore

/// What can be read, from a connection that sees all that is committed when a statement begins.
struct Snapshot {
    let connection: Connection

    func batch(_ id: Batch.ID) throws(SQLiteError) -> Batch? {
        try connection.first(BatchQuery.find, [":id": .id(id)]) { (row) throws(SQLiteError) in try row.batch() }
    }

    /// The batch with its media, once that is here; a text alone has none.
    func content(of batch: Batch.ID) throws(SQLiteError) -> (Batch, StoredMedia?)? {
        let media = try connection.first(BatchQuery.media, [":batch": .id(batch)]) { (row) throws(SQLiteError) in
            StoredMedia(hash: try row.text(), contentType: try row.text(), byteCount: try row.integer())
        }
        guard let batch = try self.batch(batch), media != nil || batch.content.mediaURL == nil else { return nil }
        return (batch, media)
    }

    func message(to recipient: MSISDN, in batch: Batch.ID) throws(SQLiteError) -> Message? {
        try connection.first(
            MessageQuery.find, [":batch": .id(batch), ":recipient": .text(recipient.digits)]
        ) { (row) throws(SQLiteError) in try row.message() }
    }

    func batchesWithoutMedia(limit: Int, now: Date, except: Set<Batch.ID>) throws(SQLiteError) -> [MediaTask] {
        let tasks = try connection.rows(
            BatchQuery.awaitingMedia, [":now": .time(now), ":limit": .integer(limit + except.count)]
        ) { (row) throws(SQLiteError) in
            MediaTask(
                batch: try row.id(), revision: try row.integer(), url: row.optionalText(), isStrict: try row.flag(),
                tries: try row.integer(),
                expireAt: try row.time())
        }
        return Array(tasks.lazy.filter { !except.contains($0.batch) }.prefix(limit))
    }

    func nextDue(at mmsc: String) throws(SQLiteError) -> Date? {
        try connection.first(MessageQuery.nextDue, [":mmsc": .text(mmsc)]) { row in row.optionalTime() } ?? nil
    }

    /// Messages that no MMSC has taken yet.
    func waitingCount() throws(SQLiteError) -> Int {
        var count = 0
        for query in [MessageQuery.countWaiting, .countSubmitting] {
            count += try connection.first(query) { (row) throws(SQLiteError) in try row.integer() } ?? 0
        }
        return count
    }

    func nextEventDue() throws(SQLiteError) -> Date? {
        try connection.first(EventQuery.nextDue) { row in row.optionalTime() } ?? nil
    }

    /// Events with their batches, each read once however many of its events there are, and without its parameters.
    func claims(of events: [ClaimedEvent]) throws(SQLiteError) -> [EventClaim] {
        var batches: [Batch.ID: Batch] = [:]
        var claims: [EventClaim] = []
        claims.reserveCapacity(events.count)
        for claimed in events {
            let id = claimed.event.batch
            if batches[id] == nil { batches[id] = try batchWithoutParameters(id) }
            guard let batch = batches[id] else { continue }
            claims.append(
                EventClaim(
                    event: claimed.event, batch: batch, tries: claimed.tries, firstTriedAt: claimed.firstTriedAt))
        }
        return claims
    }

    private func batchWithoutParameters(_ id: Batch.ID) throws(SQLiteError) -> Batch? {
        try connection.first(
            BatchQuery.findWithoutParameters, [":id": .id(id)]
        ) { (row) throws(SQLiteError) in try row.batch() }
    }
}
