import FoundationEssentials
import GatewayCore

extension Transaction {
    /// The media is here: what is queued is due, though never before the batch begins.
    func record(_ media: StoredMedia, for batch: Batch.ID, now: Date) throws(SQLiteError) {
        let recorded = try connection.run(
            BatchQuery.recordMedia,
            [
                ":batch": .id(batch), ":hash": .text(media.hash), ":type": .text(media.contentType),
                ":bytes": .integer(media.byteCount),
            ])
        guard recorded == 1 else { return }
        let mmscs = try connection.rows(
            MessageQuery.makeDue, [":batch": .id(batch), ":now": .time(now)]
        ) { (row) throws(SQLiteError) in try row.text() }
        bells.mmscs.formUnion(mmscs)
    }

    func postponeMedia(of batch: Batch.ID, until: Date) throws(SQLiteError) {
        try connection.run(BatchQuery.postponeMedia, [":batch": .id(batch), ":until": .time(until)])
        bells.media = true
    }

    /// Ends every message of the batch that is queued.
    func abandon(_ batch: Batch.ID, because failure: MessageState.Failure, now: Date) throws(SQLiteError) {
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
        for message in ended {
            try tell(message, in: state, reporting: reporting, now: now)
        }
        try countEnded(ended.count, in: batch, reporting: reporting, now: now)
    }
}
