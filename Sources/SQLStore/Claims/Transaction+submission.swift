import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Records the result of a claim and changes its messages.
    func record(_ result: SubmissionResult, of claim: Claim, now: Date) throws(SQLError) {
        var accepted: [StoredMessage] = []
        for copy in claim.copies {
            // The message is gone if an outcome is recorded a second time and its batch was replaced since the first.
            guard let message = try stored(copy.message) else { continue }
            // What another process has put down of an attempt that it took over stays: it went on from there.
            let isTakenOver = replicas != nil && message.attempts != copy.attempt
            if !isTakenOver, let attempt = EndedAttempt(result, of: copy, in: claim) {
                try record(attempt, of: message.id, now: now)
            }
            let change = try decided { () throws(StoreFailure) in
                try message.applying(result, to: copy, of: claim, now: now)
            }
            guard let change else { continue }
            try write(change, now: now)
            if case .submitted = change.state { accepted.append(change.message) }
        }
        if case .accepted(let messageID) = result.event, !accepted.isEmpty {
            try applyHeldReports(messageID, to: accepted, from: claim.mmsc, now: now)
        }
    }

    /// Ends claims whose leases are over and puts their messages in doubt; returns how many there were.
    ///
    /// - Parameters:
    ///   - until: leases that end later go on; nil ends all leases.
    ///   - ongoing: messages whose leases go on in any case.
    ///   - isOver: whether claims at an MMSC are this process's to end.
    func endLeases(
        until: Date?, except ongoing: Set<Message.ID> = [], now: Date,
        where isOver: (_ mmsc: String) throws(SQLError) -> Bool = { (_) throws(SQLError) in true }
    ) throws(SQLError) -> Int {
        let over = try connection.rows(
            MessageQuery.leasesOver, [":until": until.map { .time($0) } ?? .integer(.max)]
        ) { (row) throws(SQLError) in try StoredMessage(&row) }.filter { !ongoing.contains($0.id) }
        var count = 0
        for message in over {
            guard try isOver(message.mmsc ?? "") else { continue }
            count += 1
            let change = try decided { () throws(StoreFailure) in try message.endingLease(now: now) }
            try record(EndedAttempt(endedLeaseOf: message), of: message.id, now: now)
            try write(change, now: now)
        }
        return count
    }

    func stored(_ message: Message.ID) throws(SQLError) -> StoredMessage? {
        try connection.first(MessageQuery.stored, [":id": .id(message)]) { (row) throws(SQLError) in
            try StoredMessage(&row)
        }
    }

    private func record(_ attempt: EndedAttempt, of message: Message.ID, now: Date) throws(SQLError) {
        try connection.write(
            ClaimQuery.recordAttempt,
            [
                ":message": .id(message), ":number": .integer(attempt.number), ":mmsc": .text(attempt.mmsc),
                ":ended_at": .time(now), ":event": .text(attempt.event.name),
                ":status_code": .integer(attempt.statusCode), ":status_text": .text(attempt.statusText),
                ":is_resend": .flag(attempt.isResend), ":answer": .text(attempt.answer),
            ])
    }
}
