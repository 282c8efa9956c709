import GatewayCore

/// What is read of a message that is to be moved on.
enum LiveColumn: Int, Columns {
    case id, batch, recipient, carriers, mmsc, state, failure, messageID, attempts, mayHaveArrived, isCanceled

    var sql: String {
        switch self {
        case .isCanceled: "batch_progress.\(name)"
        default: "message.\(name)"
        }
    }
}

/// What a transaction needs to know of a message to move it on.
struct LiveMessage {
    let id: Message.ID
    let batch: Batch.ID
    let recipient: String
    let carriers: Carriers?
    /// The MMSC that was given it last.
    let mmsc: String?
    let state: MessageState
    let attempts: Int
    /// Whether an MMSC may have it.
    let mayHaveArrived: Bool
    let subscription: Subscription
    /// Whether the batch was cancelled while this message was on its way.
    let isWithdrawn: Bool

    init(_ row: inout Row) throws(SQLiteError) {
        let fields = row.fields(of: LiveColumn.self)
        id = try fields[.id].id()
        batch = try fields[.batch].id()
        recipient = try fields[.recipient].text()
        carriers = try fields[.carriers].optionalCarriers()
        mmsc = fields[.mmsc].optionalText()
        state = try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID])
        attempts = try fields[.attempts].integer()
        mayHaveArrived = try fields[.mayHaveArrived].flag()
        isWithdrawn = try fields[.isCanceled].flag()
        subscription = try Subscription(&row)
    }
}

/// What a statement that ends many messages says of each.
enum EndedColumn: Int, Columns {
    case id, batch, state, failure, messageID

    var sql: String { name }
}

/// A message that was ended among others.
struct EndedMessage {
    let id: Message.ID
    let batch: Batch.ID
    let state: MessageState

    init(_ row: inout Row) throws(SQLiteError) {
        let fields = row.fields(of: EndedColumn.self)
        id = try fields[.id].id()
        batch = try fields[.batch].id()
        state = try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID])
    }
}
