import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Reports that overtook their answer and are kept at most, in rows.
    private static let heldReportLimit = 100_000
    /// How long one is kept; an answer that takes longer was lost.
    private static let heldReportLife = Duration.seconds(3600)

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) throws(SQLiteError) -> ReportResult {
        if let message = try message(reported: report, from: mmsc) {
            let isNew = try apply(report, to: message, in: message.state, now: now)
            return isNew ? .applied(message.id) : .nothingNew(message.id)
        }
        let isAnswerOut = try connection.first(MessageQuery.isUnanswered, [":mmsc": .text(mmsc)]) { _ in true } ?? false
        guard isAnswerOut else { return .unknownMessage }
        try hold(report, from: mmsc, now: now)
        return .held
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

    /// Notes feedback on messages of a batch; returns how many of the numbers are not its recipients.
    func recordFeedback(on batch: Batch.ID, from numbers: Set<String>, now: Date) throws(SQLiteError) -> Int {
        let list = numbers.isEmpty ? SQLValue.null : .text(JSONColumn.plainList(numbers))
        if !numbers.isEmpty {
            let known = try connection.first(
                MessageQuery.countRecipients, [":batch": .id(batch), ":recipients": list]
            ) { (row) throws(SQLiteError) in try row.integer() }
            guard known == numbers.count else { return numbers.count - (known ?? 0) }
        }
        try connection.run(
            MessageQuery.recordFeedback, [":batch": .id(batch), ":recipients": list, ":now": .time(now)])
        return 0
    }

    /// Applies what came before the MMSC's answer said which message it was about.
    ///
    /// - Parameter state: the one the answer put the message in.
    func applyHeldReports(
        _ messageID: String, to message: LiveMessage, in state: MessageState, now: Date
    ) throws(SQLiteError) {
        guard let mmsc = message.mmsc else { return }
        let place: Bindings = [":mmsc": .text(mmsc), ":message_id": .text(messageID)]
        let reports = try connection.rows(HistoryQuery.heldReports, place) { (row) throws(SQLiteError) in
            try row.deliveryReport()
        }
        guard !reports.isEmpty else { return }
        var state = state
        for report in reports {
            if try apply(report, to: message, in: state, now: now) {
                state = state.applying(.reported(report.fate)) ?? state
            }
        }
        try connection.run(HistoryQuery.dropHeldReports, place)
    }

    func dropAgedReports(now: Date) throws(SQLiteError) {
        try connection.run(
            HistoryQuery.dropAgedReports, [":before": .time(now.addingTimeInterval(-Self.heldReportLife.seconds))])
    }

    /// The message that a report is about. One that has the MessageID alone is it, whatever form the MMSC gives the
    /// number; among several the newest to that number.
    private func message(reported report: DeliveryReport, from mmsc: String) throws(SQLiteError) -> LiveMessage? {
        let candidates = try connection.rows(
            MessageQuery.byMessageID, [":mmsc": .text(mmsc), ":message_id": .text(report.messageID)]
        ) { (row) throws(SQLiteError) in try LiveMessage(&row) }
        guard candidates.count > 1, let recipient = report.recipient else { return candidates.first }
        return candidates.first { $0.recipient == recipient }
    }

    /// Keeps the report, and moves the message if it says something new; returns whether it did.
    private func apply(
        _ report: DeliveryReport, to message: LiveMessage, in state: MessageState, now: Date
    ) throws(SQLiteError) -> Bool {
        try connection.run(
            HistoryQuery.recordReport,
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
            HistoryQuery.holdReport,
            [
                ":mmsc": .text(mmsc), ":message_id": .text(report.messageID), ":recipient": .text(report.recipient),
                ":received_at": .time(now), ":fate": .text(fate.fate), ":failure": .text(fate.failure),
                ":status": .text(report.status), ":status_text": .text(report.statusText),
                ":happened_at": .time(report.at),
            ])
        try dropAgedReports(now: now)
        try connection.run(HistoryQuery.dropOldestReports, [":limit": .integer(Self.heldReportLimit)])
    }
}
