import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Writes a batch and its messages; those that wait are due once the media is here.
    func insert(_ columns: BatchColumns, messages: [Message]) throws(SQLiteError) {
        let batch = columns.batch
        let openCount = messages.count { !$0.state.isFinal }
        let awaitsMedia = messages.contains { $0.state == .queued }
        try connection.run(BatchQuery.insert, columns.bindings)
        try connection.run(
            BatchQuery.insertProgress,
            [
                ":batch": .id(batch.id), ":reporting": .text(batch.reporting.rawValue),
                ":begins_at": .time(batch.beginsAt), ":open_count": .integer(openCount),
                ":media_due_at": .time(awaitsMedia ? batch.beginsAt : nil),
            ])
        for message in messages {
            try insert(message, of: batch)
        }
        if openCount == 0 && batch.reporting.tellsEndOfBatch { try tellEnd(of: batch.id, now: batch.createdAt) }
        if awaitsMedia { bells.media = true }
    }

    private func insert(_ message: Message, of batch: Batch) throws(SQLiteError) {
        let state = message.state.columns
        try connection.run(
            MessageQuery.insert,
            [
                ":id": .id(message.id), ":batch": .id(batch.id), ":recipient": .text(message.recipient.digits),
                ":mmsc": .text(message.mmsc), ":state": .text(state.state), ":failure": .text(state.failure),
                ":message_id": .text(state.messageID), ":changed_at": .time(message.changedAt),
                ":attempts": .integer(message.attempts), ":expire_at": .time(batch.expireAt),
                ":network_time": .time(message.networkTime), ":status_text": .text(message.statusText),
            ])
        try tell(message.id, in: message.state, reporting: batch.reporting, now: message.changedAt)
    }
}
