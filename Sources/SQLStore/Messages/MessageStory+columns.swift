import FoundationEssentials
import GatewayCore

/// The columns of a message that an operator sees beyond what the domain knows.
enum StoryColumn: Int, Columns {
    case mmsc, messageID, expireAt, dueAt, sharedRequest

    var sql: String { self == .dueAt ? "coalesce(message.position, message.paused_until)" : "message.\(name)" }
}

/// A message as an operator sees it, before its history is read.
struct FoundMessage {
    let message: Message
    let mmsc: String?
    let messageID: String?
    let expireAt: Date
    let dueAt: Date?
    let sharedRequest: String?

    init(_ row: inout Row) throws(SQLError) {
        message = try row.message()
        let fields = row.fields(of: StoryColumn.self)
        mmsc = fields[.mmsc].optionalText()
        messageID = fields[.messageID].optionalText()
        expireAt = try fields[.expireAt].time()
        dueAt = fields[.dueAt].optionalTime()
        sharedRequest = fields[.sharedRequest].optionalText()
    }
}

enum AttemptColumn: Int, Columns {
    case number, mmsc, endedAt, event, statusCode, statusText, isResend, answer

    var sql: String { name }
}

enum CancelAttemptColumn: Int, Columns {
    case number, endedAt, outcome, reason

    var sql: String { name }
}

enum ReportColumn: Int, Columns {
    case receivedAt, status, statusText, happenedAt

    var sql: String { name }
}

/// The columns of an event and one of its calls that an operator sees.
enum NotificationColumn: Int, Columns {
    case createdAt, state, failure, messageID, target, dueAt, pausedAt, tries, firstTriedAt, heardAt, reason

    var sql: String { name }
}

extension Row {
    mutating func attempt() throws(SQLError) -> MessageStory.Attempt {
        let fields = fields(of: AttemptColumn.self)
        return MessageStory.Attempt(
            number: try fields[.number].integer(), mmsc: try fields[.mmsc].text(), endedAt: try fields[.endedAt].time(),
            event: try fields[.event].text(), statusCode: fields[.statusCode].optionalInteger(),
            statusText: fields[.statusText].optionalPeerText(), isResend: try fields[.isResend].flag(),
            answer: fields[.answer].optionalText())
    }

    mutating func cancelAttempt() throws(SQLError) -> MessageStory.CancelAttempt {
        let fields = fields(of: CancelAttemptColumn.self)
        return MessageStory.CancelAttempt(
            number: try fields[.number].integer(), endedAt: try fields[.endedAt].time(),
            outcome: try fields[.outcome].text(), reason: fields[.reason].optionalPeerText())
    }

    mutating func report() throws(SQLError) -> MessageStory.Report {
        let fields = fields(of: ReportColumn.self)
        return MessageStory.Report(
            receivedAt: try fields[.receivedAt].time(), status: PeerText(kept: try fields[.status].text()),
            statusText: fields[.statusText].optionalPeerText(), happenedAt: fields[.happenedAt].optionalTime())
    }

    mutating func notification() throws(SQLError) -> MessageStory.Notification {
        let fields = fields(of: NotificationColumn.self)
        let isOfMessage = fields[.state].optionalText() != nil
        return MessageStory.Notification(
            createdAt: try fields[.createdAt].time(),
            state: isOfMessage
                ? try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]) : nil,
            call: Call(
                target: try fields[.target].text(), dueAt: fields[.dueAt].optionalTime(),
                pausedAt: fields[.pausedAt].optionalTime(), tries: try fields[.tries].integer(),
                firstTriedAt: fields[.firstTriedAt].optionalTime(), heardAt: fields[.heardAt].optionalTime(),
                reason: fields[.reason].optionalPeerText()))
    }
}
