import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Writes down what became of a claim and moves its messages on.
    func record(_ outcome: Outcome, of claim: Claim, now: Date) throws(SQLiteError) {
        var accepted: [(message: LiveMessage, state: MessageState)] = []
        for copy in claim.copies {
            let event = outcome.exceptions[copy.message] ?? outcome.event
            guard let moved = try record(event, of: copy, outcome, claim, now: now) else { continue }
            if case .accepted = event { accepted.append(moved) }
        }
        guard case .accepted(let messageID) = outcome.event, !accepted.isEmpty else { return }
        try applyHeldReports(messageID, to: accepted, from: claim.mmsc, now: now)
    }

    /// Moves a message on and returns it with its new state, unless the claim is not in force any more.
    ///
    /// A claim that was released was no attempt: it is not written down, and its number is given out again.
    /// What it says is judged by the attempts before it: that its own lease has ended since puts nothing in doubt.
    /// An acceptance counts whenever it comes: the MMSC has the message, and only the MessageID tells its reports.
    private func record(
        _ event: MessageEvent, of copy: Claim.Copy, _ outcome: Outcome, _ claim: Claim, now: Date
    ) throws(SQLiteError) -> (message: LiveMessage, state: MessageState)? {
        guard let message = try live(copy.message) else { return nil }
        let isAttempt = event != .released
        if isAttempt {
            let attempt = EndedAttempt(
                number: copy.attempt, mmsc: claim.mmsc, event: event, isResend: claim.isResend && outcome.isSent,
                statusCode: outcome.statusCode, statusText: outcome.words ?? outcome.statusText, answer: outcome.answer)
            try record(attempt, of: message.id, now: now)
        }
        let isAccepted = if case .accepted = event { true } else { false }
        guard copy.attempt == message.attempts || isAccepted,
            let state = message.after(event, mayHaveArrived: claim.isResend)
        else { return nil }
        let isDueAgain = state == .queued || state == .inDoubt
        // Withdrawn while it was on its way: what was taken all the same is to be given back.
        let isWithdrawn = message.isWithdrawn && !state.isFinal && isAccepted
        try move(
            message, to: state, now: now, dueAt: isDueAgain ? outcome.dueAt ?? now : nil,
            cancelDueAt: isWithdrawn ? now : nil, statusText: outcome.statusText,
            isTry: outcome.isTry || !isAttempt, isSplit: outcome.isSplit,
            givingBack: isAttempt ? 0 : 1)
        return (message, state)
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
            let attempt = EndedAttempt(
                number: message.attempts, mmsc: message.mmsc ?? "", event: .leaseEnded,
                isResend: message.mayHaveArrived)
            try record(attempt, of: message.id, now: now)
            try move(message, to: state, now: now, dueAt: state == .inDoubt ? now : nil)
            ended += 1
        }
        return ended
    }

    func live(_ message: Message.ID) throws(SQLiteError) -> LiveMessage? {
        try connection.first(MessageQuery.live, [":id": .id(message)]) { (row) throws(SQLiteError) in
            try LiveMessage(&row)
        }
    }

    private func record(_ attempt: EndedAttempt, of message: Message.ID, now: Date) throws(SQLiteError) {
        try connection.run(
            ClaimQuery.recordAttempt,
            [
                ":message": .id(message), ":number": .integer(attempt.number), ":mmsc": .text(attempt.mmsc),
                ":ended_at": .time(now), ":event": .text(attempt.event.name),
                ":status_code": .integer(attempt.statusCode), ":status_text": .text(attempt.statusText),
                ":is_resend": .flag(attempt.isResend), ":answer": .text(attempt.answer),
            ])
    }
}

/// One SubmitReq of a message and what came of it, for the history.
private struct EndedAttempt {
    let number: Int
    let mmsc: String
    let event: MessageEvent
    let isResend: Bool
    var statusCode: Int?
    var statusText: PeerText?
    var answer: String?
}

extension LiveMessage {
    /// The state after an event. What would wait for another try ends here where the customer has withdrawn it.
    fileprivate func after(_ event: MessageEvent, mayHaveArrived: Bool = false) -> MessageState? {
        guard let next = state.applying(event, mayHaveArrived: mayHaveArrived) else { return nil }
        return isWithdrawn ? next.applying(.cancelled) ?? next : next
    }
}
