import FoundationEssentials
import GatewayCore

/// What is read of an event, including the message as it was then, which only events of messages have.
enum EventColumn: Int, Columns {
    case id, batch, inbound, createdAt
    case message, recipient, carriers, state, failure, messageID, changedAt, attempts, networkTime, statusText
    case ownerKind, ownerName, notice, noticeText, noticeCallbackURL, trace

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        default: "event.\(name)"
        }
    }
}

/// An event, before its batch or inbound message is read.
struct EventRow {
    let id: Event.ID
    let batch: Batch.ID?
    let inbound: Inbound.ID?
    /// The message as it was then.
    let message: Message?
    /// Complete; there is nothing more to read.
    let notice: Notice?
    let createdAt: Date

    init(_ fields: Fields<EventColumn>) throws(SQLError) {
        id = Event.ID(try fields[.id].integer())
        batch = try fields[.batch].optionalID()
        inbound = try fields[.inbound].optionalID()
        createdAt = try fields[.createdAt].time()
        if let batch, fields[.message].optionalText() != nil {
            message = try Message(fields, in: batch)
        } else {
            message = nil
        }
        notice = try fields[.notice].optionalText().map { (name) throws(SQLError) in
            Notice(
                name, text: try fields[.noticeText].text(),
                of: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
                callbackURL: fields[.noticeCallbackURL].optionalText(),
                trace: fields[.trace].optionalText().map(Trace.init(kept:)))
        }
    }
}

extension Message {
    fileprivate init(_ fields: Fields<EventColumn>, in batch: Batch.ID) throws(SQLError) {
        self.init(
            id: try fields[.message].id(), batch: batch, recipient: try fields[.recipient].recipient(),
            carriers: try fields[.carriers].optionalCarriers(),
            state: try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID]),
            changedAt: try fields[.changedAt].time(), attempts: try fields[.attempts].integer(),
            networkTime: fields[.networkTime].optionalTime(), statusText: fields[.statusText].optionalPeerText())
    }
}
