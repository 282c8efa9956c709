import FoundationEssentials
import GatewayCore

extension Transaction {
    /// What an MMSC has of a batch is due to be taken back.
    func beginCancellation(of batch: Batch.ID, now: Date) throws(SQLiteError) {
        let mmscs = try connection.rows(
            CancellationQuery.begin, [":batch": .id(batch), ":now": .time(now)]
        ) { (row) throws(SQLiteError) in try row.text() }
        bells.cancelling.formUnion(mmscs)
    }

    /// Claims what is due to be taken back, each MessageID once.
    func claimCancellations(
        at mmsc: String, limit: Int, now: Date, leaseUntil: Date
    ) throws(SQLiteError) -> [Cancellation] {
        var claims: [Cancellation] = []
        // A claim is due after now, so that the next one is another.
        while claims.count < limit, leaseUntil > now, let messageID = try nextCancellation(at: mmsc, now: now) {
            let messages = try connection.rows(
                CancellationQuery.claim,
                [":mmsc": .text(mmsc), ":message_id": .text(messageID), ":lease_until": .time(leaseUntil)]
            ) { (row) throws(SQLiteError) in (id: try row.id(), tries: try row.integer()) }
            claims.append(
                Cancellation(
                    mmsc: mmsc, messageID: messageID, messages: messages.map(\.id).sorted(),
                    tries: messages.lazy.map(\.tries).max() ?? 1))
        }
        return claims
    }

    /// Writes down what became of a CancelReq. A message that its report has ended meanwhile stays as it is.
    func record(_ outcome: CancellationOutcome, of cancellation: Cancellation, now: Date) throws(SQLiteError) {
        switch outcome {
        case .withdrawn:
            for id in cancellation.messages {
                guard let message = try live(id), message.state == .submitted(messageID: cancellation.messageID),
                    let state = message.state.applying(.withdrawn)
                else { continue }
                try move(message, to: state, now: now)
            }
        case .stays:
            try postpone(cancellation, until: nil)
        case .again(let dueAt):
            try postpone(cancellation, until: dueAt)
            bells.cancelling.insert(cancellation.mmsc)
        case .released:
            try postpone(cancellation, until: now, givingBack: 1)
        }
    }

    /// At the start of a process: what was claimed is due again.
    func endCancellationLeases(now: Date) throws(SQLiteError) {
        try connection.run(CancellationQuery.endLeases, [":now": .time(now)])
    }

    private func nextCancellation(at mmsc: String, now: Date) throws(SQLiteError) -> String? {
        try connection.first(
            CancellationQuery.nextMessageID, [":mmsc": .text(mmsc), ":now": .time(now)]
        ) { (row) throws(SQLiteError) in try row.text() }
    }

    /// - Parameter dueAt: nil ends it.
    private func postpone(
        _ cancellation: Cancellation, until dueAt: Date?, givingBack: Int = 0
    ) throws(SQLiteError) {
        try connection.run(
            CancellationQuery.postpone,
            [
                ":due_at": .time(dueAt), ":given_back": .integer(givingBack),
                ":messages": .text(JSONColumn.plainList(cancellation.messages.lazy.map(\.description))),
            ])
    }
}
