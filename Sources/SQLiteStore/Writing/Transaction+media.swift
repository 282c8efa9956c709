import FoundationEssentials
import GatewayCore

extension Transaction {
    /// The batch is ready: the members of its groups are added, and what is queued is due, though never before the batch
    /// begins.
    func record(
        _ media: StoredMedia?, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) throws(SQLiteError) {
        guard let isEarly = try isEarly(batch, at: revision, now: now) else { return }
        guard !isEarly else {
            // The clock was set back while the media was fetched, which is here when it is asked for again.
            _ = try connection.run(BatchQuery.awaitBegin, [":batch": .id(batch)])
            return
        }
        try expand(batch, by: expansion, now: now)
        guard try record(media, for: batch) == 1 else { return }
        let carriers = try connection.rows(
            MessageQuery.makeDue, [":batch": .id(batch), ":place": place(at: now)]
        ) { (row) throws(SQLiteError) in try row.text() }
        for carriers in Set(carriers) { bells.ring(Carriers(carriers)) }
    }

    /// Whether the batch is still to begin; nil where it is not the one any more that the media was fetched for.
    private func isEarly(_ batch: Batch.ID, at revision: Int, now: Date) throws(SQLiteError) -> Bool? {
        let found = try connection.first(
            BatchQuery.revision, [":now": .time(now), ":batch": .id(batch)]
        ) { (row) throws(SQLiteError) in (revision: try row.integer(), isEarly: try row.flag()) }
        return found?.revision == revision ? found?.isEarly : nil
    }

    private func record(_ media: StoredMedia?, for batch: Batch.ID) throws(SQLiteError) -> Int {
        guard let media else { return try connection.run(BatchQuery.recordReady, [":batch": .id(batch)]) }
        return try connection.run(
            BatchQuery.recordMedia,
            [
                ":batch": .id(batch), ":hash": .text(media.hash), ":type": .text(media.contentType),
                ":bytes": .integer(media.byteCount), ":name": .text(media.name),
            ])
    }

    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: String, isTry: Bool, now: Date
    ) throws(SQLiteError) {
        try connection.run(
            BatchQuery.postponeMedia,
            [
                ":batch": .id(batch), ":revision": .integer(revision), ":until": .time(until),
                ":reason": .text(reason), ":tries": .integer(isTry ? 1 : 0), ":now": .time(now),
            ])
        bells.media = true
    }

    /// Ends every message of the batch that is queued, those to members of its groups too.
    func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: String?, expansion: Expansion,
        now: Date
    ) throws(SQLiteError) {
        guard try isEarly(batch, at: revision, now: now) != nil else { return }
        try expand(batch, by: expansion, now: now)
        guard let unsent = MessageState.queued.applying(.abandoned(failure)),
            let sent = MessageState.inDoubt.applying(.abandoned(failure)),
            let (reporting, _) = try progress(of: batch)
        else { return }
        let columns = unsent.columns
        let ended = try connection.rows(
            MessageQuery.abandonQueued,
            [
                ":batch": .id(batch), ":unsent_state": .text(columns.state),
                ":sent_state": .text(sent.columns.state), ":failure": .text(columns.failure),
                ":reason": .text(reason), ":now": .time(now),
            ]
        ) { (row) throws(SQLiteError) in (id: try row.id(), state: try row.state()) }
        waiting -= ended.count
        for message in ended {
            try tell(message.id, in: message.state, reporting: reporting, now: now)
        }
        try countEnded(ended.count, in: batch, reporting: reporting, now: now)
    }
}
