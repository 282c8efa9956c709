import FoundationEssentials
import GatewayCore

extension Transaction {
    /// The batch is ready: the members of its groups are added, and what is queued is due, though never before the batch
    /// begins.
    func record(
        _ media: StoredMedia?, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) throws(SQLiteError) {
        guard try isAt(revision, batch) else { return }
        try expand(batch, by: expansion, now: now)
        guard try record(media, for: batch) == 1 else { return }
        let carriers = try connection.rows(
            MessageQuery.makeDue, [":batch": .id(batch), ":now": .time(now)]
        ) { (row) throws(SQLiteError) in try row.text() }
        for carriers in Set(carriers) { bells.ring(Carriers(carriers)) }
    }

    /// Whether the batch is still the one that the media was fetched for.
    private func isAt(_ revision: Int, _ batch: Batch.ID) throws(SQLiteError) -> Bool {
        try connection.first(BatchQuery.revision, [":batch": .id(batch)]) { (row) throws(SQLiteError) in
            try row.integer()
        } == revision
    }

    private func record(_ media: StoredMedia?, for batch: Batch.ID) throws(SQLiteError) -> Int {
        guard let media else { return try connection.run(BatchQuery.recordReady, [":batch": .id(batch)]) }
        return try connection.run(
            BatchQuery.recordMedia,
            [
                ":batch": .id(batch), ":hash": .text(media.hash), ":type": .text(media.contentType),
                ":bytes": .integer(media.byteCount),
            ])
    }

    func postponeMedia(of batch: Batch.ID, revision: Int, until: Date) throws(SQLiteError) {
        try connection.run(
            BatchQuery.postponeMedia,
            [":batch": .id(batch), ":revision": .integer(revision), ":until": .time(until)])
        bells.media = true
    }

    /// Ends every message of the batch that is queued, those to members of its groups too.
    func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, expansion: Expansion, now: Date
    ) throws(SQLiteError) {
        guard try isAt(revision, batch) else { return }
        try expand(batch, by: expansion, now: now)
        guard let state = MessageState.queued.applying(.abandoned(failure)),
            let (reporting, _) = try progress(of: batch)
        else { return }
        let columns = state.columns
        let ended = try connection.rows(
            MessageQuery.abandonQueued,
            [
                ":batch": .id(batch), ":state": .text(columns.state), ":failure": .text(columns.failure),
                ":now": .time(now),
            ]
        ) { (row) throws(SQLiteError) in try row.id() }
        waiting -= ended.count
        for message in ended {
            try tell(message, in: state, reporting: reporting, now: now)
        }
        try countEnded(ended.count, in: batch, reporting: reporting, now: now)
    }
}
