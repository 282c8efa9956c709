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
                message: try row.id(), batch: try row.id(), revision: try row.integer(), recipient: try row.recipient(),
                mmsc: try row.text(),
                attempt: try row.integer(), isResend: try row.flag(), expireAt: try row.time())
        }
    }

    /// Writes down what became of a claim and moves the message on, unless the claim is not in force any more.
    ///
    /// A claim that was released was no attempt: it is not written down, and its number is given out again.
    /// What it says is judged by the attempts before it: that its own lease has ended since puts nothing in doubt.
    /// An acceptance counts whenever it comes: the MMSC has the message, and only the MessageID tells its reports.
    func record(_ outcome: Outcome, of claim: Claim, now: Date) throws(SQLiteError) {
        guard let message = try live(claim.message) else { return }
        let isAttempt = outcome.event != .released
        if isAttempt {
            try recordAttempt(
                claim.attempt, of: message.id, event: outcome.event, statusCode: outcome.statusCode,
                statusText: outcome.statusText, now: now)
        }
        let acceptedAs: String? = if case .accepted(let messageID) = outcome.event { messageID } else { nil }
        guard claim.attempt == message.attempts || acceptedAs != nil,
            let state = message.after(outcome.event, mayHaveArrived: claim.isResend)
        else { return }
        let isDueAgain = state == .queued || state == .inDoubt
        try move(
            message, to: state, now: now, dueAt: isDueAgain ? outcome.dueAt ?? now : nil,
            statusText: outcome.statusText, givingBack: isAttempt ? 0 : 1)
        if let acceptedAs { try applyHeldReports(acceptedAs, to: message, in: state, now: now) }
    }

    /// Puts claims whose lease is over back, in doubt; returns how many there were.
    ///
    /// - Parameters:
    ///   - until: leases that end later go on; nil ends all of them.
    ///   - ongoing: messages whose leases go on in any case.
    func endLeases(
        until: Date?, except ongoing: Set<Message.ID> = [], now: Date
    ) throws(SQLiteError) -> Int {
        let over = try connection.rows(
            MessageQuery.leasesOver, [":until": until.map { .time($0) } ?? .integer(.max)]
        ) { (row) throws(SQLiteError) in try LiveMessage(&row) }
        var ended = 0
        for message in over where !ongoing.contains(message.id) {
            guard let state = message.after(.leaseEnded) else { continue }
            try recordAttempt(message.attempts, of: message.id, event: .leaseEnded, now: now)
            try move(message, to: state, now: now, dueAt: state == .inDoubt ? now : nil)
            ended += 1
        }
        try dropAgedReports(now: now)
        return ended
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

extension LiveMessage {
    /// The state after an event. What would wait for another try ends here where the customer has withdrawn it.
    fileprivate func after(_ event: MessageEvent, mayHaveArrived: Bool = false) -> MessageState? {
        guard let next = state.applying(event, mayHaveArrived: mayHaveArrived) else { return nil }
        return isWithdrawn ? next.applying(.cancelled) ?? next : next
    }
}
