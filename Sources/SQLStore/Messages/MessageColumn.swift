import GatewayCore

/// The columns that the domain knows of a message.
enum MessageColumn: Int, Columns {
    case id, batch, recipient, carriers, state, failure, messageID, changedAt, attempts, networkTime, statusText

    var sql: String { "message.\(name)" }
}

extension Row {
    mutating func message() throws(SQLError) -> Message {
        let fields = fields(of: MessageColumn.self)
        return Message(
            id: try fields[.id].id(), batch: try fields[.batch].id(), recipient: try fields[.recipient].recipient(),
            carriers: try fields[.carriers].optionalCarriers(),
            state: try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]),
            changedAt: try fields[.changedAt].time(), attempts: try fields[.attempts].integer(),
            networkTime: fields[.networkTime].optionalTime(), statusText: fields[.statusText].optionalPeerText())
    }
}

/// The columns of the batch that follow the message in a list of final messages.
enum LabelColumn: Int, Columns {
    case originator, clientReference, hasMedia, echo

    var sql: String {
        switch self {
        case .originator, .clientReference, .echo: "batch.\(name)"
        case .hasMedia: "batch.media <> '\(MediaColumn.none)'"
        }
    }
}

extension Row {
    mutating func finishedMessage() throws(SQLError) -> FinishedMessage {
        let message = try message()
        let fields = fields(of: LabelColumn.self)
        let label = BatchLabel(
            id: message.batch, originator: try fields[.originator].present(Originator(fields[.originator].text())),
            reference: fields[.clientReference].optionalText(), hasMedia: try fields[.hasMedia].flag(),
            echo: Echo(try fields[.echo].text()))
        return FinishedMessage(message: message, batch: label)
    }
}
