import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Claims what is due. What may wait for a claim leads into one and the same state.
    func claimDue(at mmsc: String, limit: Int, now: Date, leaseUntil: Date) throws(SQLiteError) -> [Claim] {
        guard let state = MessageState.queued.applying(.claimed) else { return [] }
        return try connection.rows(
            MessageQuery.claimDue,
            [
                ":mmsc": .text(mmsc), ":limit": .integer(limit), ":now": .time(now), ":lease_until": .time(leaseUntil),
                ":state": .text(state.columns.state),
            ]
        ) { (row) throws(SQLiteError) in
            Claim(
                message: try row.id(), batch: try row.id(), recipient: try row.recipient(), mmsc: try row.text(),
                attempt: try row.integer(), isResend: try row.flag(), expireAt: try row.time())
        }
    }

    /// Writes down what became of a claim and moves the message on, unless the claim is not in force any more.
    ///
    /// An acceptance counts whenever it comes: the MMSC has the message, and only the MessageID tells its reports.
    func record(_ outcome: Outcome, of claim: Claim, now: Date) throws(SQLiteError) {
        guard let message = try live(claim.message) else { return }
        try recordAttempt(
            claim.attempt, of: message.id, event: outcome.event, statusCode: outcome.statusCode,
            statusText: outcome.statusText, now: now)
        let acceptedAs: String? = if case .accepted(let messageID) = outcome.event { messageID } else { nil }
        guard claim.attempt == message.attempts || acceptedAs != nil,
            let state = message.state.applying(outcome.event, mayHaveArrived: message.mayHaveArrived)
        else { return }
        let isDueAgain = state == .queued || state == .inDoubt
        try move(
            message, to: state, now: now, dueAt: isDueAgain ? outcome.dueAt ?? now : nil,
            statusText: outcome.statusText)
        if let acceptedAs { try applyHeldReports(acceptedAs, to: message, in: state, now: now) }
    }

    /// Puts claims whose lease is over back, in doubt; returns how many there were.
    ///
    /// - Parameter until: leases that end later go on; nil ends all of them.
    func endLeases(at mmsc: String? = nil, until: Date?, now: Date) throws(SQLiteError) -> Int {
        guard let state = MessageState.submitting.applying(.leaseEnded) else { return 0 }
        let stateName = SQLValue.text(state.columns.state)
        let until = until.map { SQLValue.time($0) } ?? .integer(.max)
        let read = { (row: inout Row) throws(SQLiteError) in
            (message: try row.id(), mmsc: try row.text(), attempt: try row.integer())
        }
        let ended =
            if let mmsc {
                try connection.rows(
                    MessageQuery.endLeases,
                    [":mmsc": .text(mmsc), ":state": stateName, ":until": until, ":now": .time(now)], read: read)
            } else {
                try connection.rows(
                    MessageQuery.endAllLeases, [":state": stateName, ":until": until, ":now": .time(now)], read: read)
            }
        for claim in ended {
            try recordAttempt(claim.attempt, of: claim.message, event: .leaseEnded, now: now)
            bells.mmscs.insert(claim.mmsc)
        }
        try dropAgedReports(now: now)
        return ended.count
    }

    func live(_ message: Message.ID) throws(SQLiteError) -> LiveMessage? {
        try connection.first(MessageQuery.live, [":id": .id(message)]) { (row) throws(SQLiteError) in
            try LiveMessage(&row)
        }
    }

    private func recordAttempt(
        _ number: Int, of message: Message.ID, event: MessageEvent, statusCode: Int? = nil, statusText: String? = nil,
        now: Date
    ) throws(SQLiteError) {
        try connection.run(
            HistoryQuery.recordAttempt,
            [
                ":message": .id(message), ":number": .integer(number), ":ended_at": .time(now),
                ":event": .text(event.name), ":status_code": .integer(statusCode), ":status_text": .text(statusText),
            ])
    }
}
