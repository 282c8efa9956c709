import FoundationEssentials
import GatewayCore

/// An event that was claimed, before what it is about is read.
struct ClaimedEvent: Sendable {
    let event: Event
    let tries: Int
    let receiver: String
}

/// What is read of an event, the message as it was included; that is NULL for the end of a batch and for what came in.
enum EventColumn: Int, Columns {
    case id, batch, inbound, createdAt, tries
    case message, recipient, carriers, state, failure, messageID, changedAt, attempts, networkTime, statusText

    var sql: String { name }
}

extension Row {
    mutating func claimedEvent(receivers: [Event.ID: String]) throws(SQLiteError) -> ClaimedEvent {
        let fields = fields(of: EventColumn.self)
        let kind: Event.Kind
        if let batch = try fields[.batch].optionalID() {
            let isOfMessage = fields[.message].optionalText() != nil
            kind = isOfMessage ? .messageChanged(try Message(fields, in: batch)) : .batchFinished(batch)
        } else {
            kind = .inboundReceived(try fields[.inbound].id())
        }
        let event = Event(
            id: Event.ID(try fields[.id].integer()), kind: kind, createdAt: try fields[.createdAt].time())
        return ClaimedEvent(
            event: event, tries: try fields[.tries].integer(), receiver: receivers[event.id] ?? "")
    }
}

extension Message {
    fileprivate init(_ fields: Fields<EventColumn>, in batch: Batch.ID) throws(SQLiteError) {
        self.init(
            id: try fields[.message].id(), batch: batch, recipient: try fields[.recipient].recipient(),
            carriers: try fields[.carriers].optionalCarriers(),
            state: try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]),
            changedAt: try fields[.changedAt].time(), attempts: try fields[.attempts].integer(),
            networkTime: fields[.networkTime].optionalTime(), statusText: fields[.statusText].optionalPeerText())
    }
}
