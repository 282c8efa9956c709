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
            ) { (row) throws(SQLiteError) in
                (id: try row.id(), tries: try row.integer(), originator: row.optionalText())
            }
            claims.append(
                Cancellation(
                    mmsc: mmsc, messageID: messageID,
                    originator: messages.first?.originator.flatMap { Originator($0) },
                    messages: messages.map(\.id).sorted(),
                    tries: messages.lazy.map(\.tries).max() ?? 1))
        }
        return claims
    }

    /// Writes down what became of a CancelReq. A message that its report has ended meanwhile stays as it is.
    func record(
        _ outcome: CancellationOutcome, because reason: String?, of cancellation: Cancellation, now: Date
    ) throws(SQLiteError) {
        try keep(outcome, because: reason, of: cancellation, now: now)
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

    /// The history of each message has it, for people.
    private func keep(
        _ outcome: CancellationOutcome, because reason: String?, of cancellation: Cancellation, now: Date
    ) throws(SQLiteError) {
        let word: String
        switch outcome {
        case .withdrawn: word = "withdrawn"
        case .stays: word = "stays"
        case .again: word = "again"
        case .released: return
        }
        try connection.run(
            CancellationQuery.recordTry,
            [
                ":number": .integer(cancellation.tries), ":now": .time(now), ":outcome": .text(word),
                ":reason": .text(reason), ":messages": .text(Self.list(cancellation.messages)),
            ])
    }

    private static func list(_ messages: [Message.ID]) -> String {
        JSONColumn.plainList(messages.lazy.map(\.description))
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
                ":messages": .text(Self.list(cancellation.messages)),
            ])
    }
}
