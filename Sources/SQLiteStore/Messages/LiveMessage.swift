import GatewayCore

extension Row {
    /// Reads `id`, `batch`, `recipient`, `carriers`, the state's columns, `changed_at`, `attempts`, `network_time`,
    /// `status_text`.
    mutating func message() throws(SQLiteError) -> Message {
        Message(
            id: try id(), batch: try id(), recipient: try recipient(), carriers: try optionalCarriers(),
            state: try state(),
            changedAt: try time(), attempts: try integer(), networkTime: optionalTime(), statusText: optionalPeerText())
    }
}

extension Row {
    /// Reads the columns of `message()` and what a report says of the batch.
    mutating func finishedMessage() throws(SQLiteError) -> FinishedMessage {
        let message = try message()
        let originator = try optionalText().map { (text) throws(SQLiteError) in try present(Originator(text)) }
        let label = BatchLabel(
            id: message.batch, defaultOriginator: originator, clientReference: optionalText(), hasMedia: try flag())
        return FinishedMessage(message: message, batch: label)
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
    let reporting: Batch.Reporting
    /// Whether the batch was cancelled while this message was on its way.
    let isWithdrawn: Bool

    /// Reads the columns in this order, the state's three in the place of the state.
    init(_ row: inout Row) throws(SQLiteError) {
        id = try row.id()
        batch = try row.id()
        recipient = try row.text()
        carriers = try row.optionalCarriers()
        mmsc = row.optionalText()
        state = try row.state()
        attempts = try row.integer()
        mayHaveArrived = try row.flag()
        reporting = try row.reporting()
        isWithdrawn = try row.flag()
    }
}
