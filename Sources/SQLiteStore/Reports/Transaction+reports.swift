import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Reports that overtook their answer and are kept at most, in rows.
    private static let heldReportLimit = 100_000
    /// How long one is kept: a message whose answer was lost may be asked for again as long as it lives.
    private static let heldReportLife = Duration.seconds(3 * 86_400)

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) throws(SQLiteError) -> ReportResult {
        let candidates = try connection.rows(
            MessageQuery.byMessageID, [":mmsc": .text(mmsc), ":message_id": .text(report.messageID)]
        ) { (row) throws(SQLiteError) in try LiveMessage(&row) }
        let isAnswerOut = try isAnswerOut(of: mmsc)
        if let message = report.subject(among: candidates), !(isAnswerOut && report.isOfAnother(than: message)) {
            let isNew = try apply(report, to: message, in: message.state, now: now)
            return isNew ? .applied(message.id) : .nothingNew(message.id)
        }
        guard candidates.count < 2 else { return .unknownRecipient }
        guard isAnswerOut else { return .unknownMessage }
        try hold(report, from: mmsc, now: now)
        return .held
    }

    private func isAnswerOut(of mmsc: String) throws(SQLiteError) -> Bool {
        try connection.first(MessageQuery.isUnanswered, [":mmsc": .text(mmsc)]) { _ in true } ?? false
    }

    /// Ends messages whose final report is overdue; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(SQLiteError) -> Int {
        let overdue = try connection.rows(
            MessageQuery.unreported, [":expired_before": .time(expiredBefore), ":limit": .integer(limit)]
        ) { (row) throws(SQLiteError) in try LiveMessage(&row) }
        for message in overdue {
            if let state = message.state.applying(.reportOverdue) { try move(message, to: state, now: now) }
        }
        return overdue.count
    }

    /// How many of the numbers are not recipients of a batch.
    func strangers(to batch: Batch.ID, among numbers: Set<String>) throws(SQLiteError) -> Int {
        let known = try connection.first(
            MessageQuery.countRecipients, [":batch": .id(batch), ":recipients": .text(JSONColumn.plainList(numbers))]
        ) { (row) throws(SQLiteError) in try row.integer() }
        return numbers.count - (known ?? 0)
    }

    /// Notes feedback on the next messages of a batch; without numbers on each of them.
    ///
    /// - Returns: the number to go on behind; nil at the end.
    func recordFeedback(
        on batch: Batch.ID, from numbers: Set<String>, after: String, now: Date
    ) throws(SQLiteError) -> String? {
        let list = numbers.isEmpty ? SQLValue.null : .text(JSONColumn.plainList(numbers))
        let slice = try slice(of: batch, after: after)
        try connection.run(
            MessageQuery.recordFeedback,
            slice.bindings(of: batch).with([":recipients": list, ":now": .time(now)]))
        return slice.through
    }

    /// Applies what came before the MMSC's answer said which messages it was about.
    ///
    /// - Parameter accepted: the messages of that answer, each with the state it put them in.
    func applyHeldReports(
        _ messageID: String, to accepted: [(message: LiveMessage, state: MessageState)], from mmsc: String, now: Date
    ) throws(SQLiteError) {
        let held = try connection.rows(
            ReportQuery.held, [":mmsc": .text(mmsc), ":message_id": .text(messageID)]
        ) { (row) throws(SQLiteError) in try row.heldReport() }
        guard !held.isEmpty else { return }
        var states = Dictionary(accepted.map { ($0.message.id, $0.state) }, uniquingKeysWith: { first, _ in first })
        for (id, report) in held {
            // One that fits none of them was answered with success: it stays, for another answer may name the same
            // MessageID.
            guard let message = report.subject(among: accepted.map(\.message)), let state = states[message.id] else {
                continue
            }
            try connection.run(ReportQuery.dropHeld, [":id": .integer(id)])
            guard try apply(report, to: message, in: state, now: now) else { continue }
            states[message.id] = state.applying(.reported(report.fate)) ?? state
        }
    }

    func dropAgedReports(now: Date) throws(SQLiteError) {
        try connection.run(
            ReportQuery.dropAged, [":before": .time(now.addingTimeInterval(-Self.heldReportLife.seconds))])
    }

    /// Keeps the report, and moves the message if it says something new; returns whether it did.
    private func apply(
        _ report: DeliveryReport, to message: LiveMessage, in state: MessageState, now: Date
    ) throws(SQLiteError) -> Bool {
        try connection.run(
            ReportQuery.record,
            [
                ":message": .id(message.id), ":received_at": .time(now), ":status": .text(report.status),
                ":status_text": .text(report.statusText), ":happened_at": .time(report.at),
            ])
        guard let next = state.applying(.reported(report.fate)) else { return false }
        try move(message, from: state, to: next, now: now, networkTime: report.at, statusText: report.statusText)
        return true
    }

    private func hold(_ report: DeliveryReport, from mmsc: String, now: Date) throws(SQLiteError) {
        let fate = report.fate.columns
        try connection.run(
            ReportQuery.hold,
            [
                ":mmsc": .text(mmsc), ":message_id": .text(report.messageID), ":recipient": .text(report.recipient),
                ":sender": .text(report.sender), ":received_at": .time(now), ":fate": .text(fate.fate),
                ":failure": .text(fate.failure),
                ":status": .text(report.status), ":status_text": .text(report.statusText),
                ":happened_at": .time(report.at),
            ])
        try connection.run(ReportQuery.dropOldest, [":limit": .integer(Self.heldReportLimit)])
    }
}
