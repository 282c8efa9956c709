import FoundationEssentials
import GatewayCore

extension Transaction {
    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) throws(SQLError) -> ReportResult {
        let candidates = try connection.rows(
            MessageQuery.byMessageID, [":mmsc": .text(mmsc), ":message_id": .text(report.messageID)]
        ) { (row) throws(SQLError) in try StoredMessage(&row) }
        let subject = try report.subject(among: candidates) { () throws(SQLError) in try isAnswerOut(of: mmsc) }
        switch subject {
        case .message(let message):
            let change = message.applying(report)
            try write(report, on: message.id, change, now: now)
            return change == nil ? .nothingNew(message.id) : .applied(message.id)
        case .unanswered:
            try hold(report, from: mmsc, now: now)
            return .held
        case .unknownMessage: return .unknownMessage
        case .unknownRecipient: return .unknownRecipient
        }
    }

    private func isAnswerOut(of mmsc: String) throws(SQLError) -> Bool {
        try connection.first(MessageQuery.isUnanswered, [":mmsc": .text(mmsc)]) { _ in true } ?? false
    }

    /// Ends messages whose final report is overdue; returns how many.
    func settleUnreported(expiredBefore: Date, limit: Int, now: Date) throws(SQLError) -> Int {
        let overdue = try connection.rows(
            MessageQuery.unreported, [":expired_before": .time(expiredBefore), ":limit": .integer(limit)]
        ) { (row) throws(SQLError) in try StoredMessage(&row) }
        for message in overdue {
            try write(decided { () throws(StoreFailure) in try message.endingWaitForReport() }, now: now)
        }
        return overdue.count
    }

    /// How many of the numbers are no recipients of a batch.
    func strangers(to batch: Batch.ID, among numbers: Set<String>) throws(SQLError) -> Int {
        let known = try connection.first(
            MessageQuery.countRecipients, [":batch": .id(batch), ":recipients": .text(JSONColumn.plainList(numbers))]
        ) { (row) throws(SQLError) in try row.integer() }
        return numbers.count - (known ?? 0)
    }

    /// Records feedback on the next messages of a batch: on those to the numbers, or without numbers on all.
    ///
    /// - Returns: the number to go on behind; nil at the end.
    func recordFeedback(
        on batch: Batch.ID, from numbers: Set<String>, after: String, now: Date
    ) throws(SQLError) -> String? {
        let list = numbers.isEmpty ? SQLValue.null : .text(JSONColumn.plainList(numbers))
        let slice = try slice(of: batch, after: after)
        try connection.write(
            MessageQuery.recordFeedback,
            slice.bindings(of: batch).with([":recipients": list, ":now": .time(now)]))
        return slice.through
    }

    /// Applies reports that came before the MMSC's answer gave the MessageID of the messages.
    ///
    /// - Parameter accepted: the messages of that answer, as they are after it.
    func applyHeldReports(
        _ messageID: String, to accepted: [StoredMessage], from mmsc: String, now: Date
    ) throws(SQLError) {
        let held = HeldReports(
            try connection.rows(
                ReportQuery.held, [":mmsc": .text(mmsc), ":message_id": .text(messageID)]
            ) { (row) throws(SQLError) in try row.heldReport() })
        for released in held.released(by: accepted) {
            try connection.write(ReportQuery.dropHeld, [":id": .integer(released.held.id)])
            try write(released.held.report, on: released.message, released.change, now: now)
        }
    }

    func dropAgedReports(now: Date) throws(SQLError) {
        try connection.write(
            ReportQuery.dropAged, [":before": .time(now.addingTimeInterval(-HeldReports.life.seconds))])
    }

    /// Keeps a report, and writes what it changes.
    private func write(
        _ report: DeliveryReport, on message: Message.ID, _ change: MessageChange?, now: Date
    ) throws(SQLError) {
        try connection.write(
            ReportQuery.record,
            [
                ":message": .id(message), ":received_at": .time(now), ":status": .text(report.status),
                ":status_text": .text(report.statusText), ":happened_at": .time(report.at),
            ])
        if let change { try write(change, now: now) }
    }

    private func hold(_ report: DeliveryReport, from mmsc: String, now: Date) throws(SQLError) {
        let fate = report.fate.columns
        try connection.write(
            ReportQuery.hold,
            [
                ":mmsc": .text(mmsc), ":message_id": .text(report.messageID), ":recipient": .text(report.recipient),
                ":sender": .text(report.sender), ":received_at": .time(now), ":fate": .text(fate.fate),
                ":failure": .text(fate.failure),
                ":status": .text(report.status), ":status_text": .text(report.statusText),
                ":happened_at": .time(report.at),
            ])
        try connection.write(ReportQuery.dropOldest, [":limit": .integer(HeldReports.limit)])
    }
}
