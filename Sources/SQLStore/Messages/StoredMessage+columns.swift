import FoundationEssentials
import GatewayCore

/// What is read of a message whose state is to change.
enum StoredColumn: Int, Columns {
    case id, batch, recipient, carriers, mmsc, state, failure, messageID, attempts, mayHaveArrived, sharedRequest
    case isCanceled, leaseUntil

    var sql: String {
        switch self {
        case .isCanceled: "batch_progress.\(name)"
        default: "message.\(name)"
        }
    }
}

extension StoredMessage {
    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: StoredColumn.self)
        self.init(
            id: try fields[.id].id(), batch: try fields[.batch].id(), recipient: try fields[.recipient].text(),
            carriers: try fields[.carriers].optionalCarriers(), mmsc: fields[.mmsc].optionalText(),
            state: try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]),
            messageID: fields[.messageID].optionalText(), attempts: try fields[.attempts].integer(),
            mayHaveArrived: try fields[.mayHaveArrived].flag(), sharedRequest: fields[.sharedRequest].optionalText(),
            subscription: try Subscription(&row), isWithdrawn: try fields[.isCanceled].flag(),
            leaseUntil: fields[.leaseUntil].optionalTime())
    }
}

extension MessageChange {
    /// The values of a change, with the message's place in the queue, which the change does not contain.
    func bindings(now: Date, position: SQLValue, pausedUntil: Date?) -> Bindings {
        let columns = state.columns
        return [
            ":id": .id(message.id), ":state": .text(columns.state), ":failure": .text(columns.failure),
            ":message_id": .text(message.messageID), ":now": .time(now),
            ":attempts": .integer(message.attempts), ":spared": .integer(isTry ? 0 : 1),
            ":carriers": .text(message.carriers?.description), ":may_have_arrived": .flag(message.mayHaveArrived),
            ":shared_request": .text(message.sharedRequest), ":position": position, ":paused_until": .time(pausedUntil),
            ":cancel_due_at": .time(cancelDueAt), ":network_time": .time(networkTime),
            ":status_text": .text(statusText),
        ]
    }
}

extension WaitingChange {
    /// The values for statements that change all messages of a set.
    var bindings: Bindings {
        let (queued, inDoubt) = (queued.columns, inDoubt.columns)
        return [
            ":queued_state": .text(queued.state), ":queued_failure": .text(queued.failure),
            ":in_doubt_state": .text(inDoubt.state), ":in_doubt_failure": .text(inDoubt.failure),
        ]
    }
}

/// What a statement that ends many messages returns for each.
enum EndedColumn: Int, Columns {
    case id, batch, state, failure, messageID

    var sql: String { name }
}

/// A message that was ended among others.
struct EndedMessage {
    let id: Message.ID
    let batch: Batch.ID
    let state: MessageState

    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: EndedColumn.self)
        id = try fields[.id].id()
        batch = try fields[.batch].id()
        state = try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID])
    }
}
