import GatewayCore

/// What the domain knows of a message.
enum MessageColumn: Int, Columns {
    case id, batch, recipient, carriers, state, failure, messageID, changedAt, attempts, networkTime, statusText

    var sql: String { "message.\(name)" }
}

extension Row {
    mutating func message() throws(SQLiteError) -> Message {
        let fields = fields(of: MessageColumn.self)
        return Message(
            id: try fields[.id].id(), batch: try fields[.batch].id(), recipient: try fields[.recipient].recipient(),
            carriers: try fields[.carriers].optionalCarriers(),
            state: try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]),
            changedAt: try fields[.changedAt].time(), attempts: try fields[.attempts].integer(),
            networkTime: fields[.networkTime].optionalTime(), statusText: fields[.statusText].optionalPeerText())
    }
}

/// What a list of final messages says of the batch, behind the message.
enum LabelColumn: Int, Columns {
    case defaultOriginator, clientReference, hasMedia

    var sql: String {
        switch self {
        case .defaultOriginator: "CASE WHEN batch.is_originator_default THEN batch.originator END"
        case .clientReference: "batch.client_reference"
        case .hasMedia: "batch.media_url IS NOT NULL"
        }
    }
}

extension Row {
    mutating func finishedMessage() throws(SQLiteError) -> FinishedMessage {
        let message = try message()
        let fields = fields(of: LabelColumn.self)
        let originator = try fields[.defaultOriginator].optionalText().map { (text) throws(SQLiteError) in
            try fields[.defaultOriginator].present(Originator(text))
        }
        let label = BatchLabel(
            id: message.batch, defaultOriginator: originator,
            clientReference: fields[.clientReference].optionalText(), hasMedia: try fields[.hasMedia].flag())
        return FinishedMessage(message: message, batch: label)
    }
}
