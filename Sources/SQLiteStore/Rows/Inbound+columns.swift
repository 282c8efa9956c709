import GatewayCore

/// An inbound message with its media as text, made before the writer's thread has to do with it.
struct InboundColumns: Sendable {
    let inbound: Inbound
    private let media: String

    init(_ inbound: Inbound) throws(StoreFailure) {
        self.inbound = inbound
        media = try JSONColumn.text(inbound.media)
    }

    func bindings(owner: Int) -> Bindings {
        [
            ":id": .id(inbound.id), ":owner": .integer(owner), ":sender": .text(inbound.from),
            ":recipient": .text(inbound.to), ":received_at": .time(inbound.receivedAt),
            ":sent_at": .time(inbound.sentAt), ":client_reference": .text(inbound.clientReference),
            ":subject": .text(inbound.subject), ":text": .text(inbound.text), ":media": .text(media),
        ]
    }
}

extension Row {
    mutating func inbound() throws(SQLiteError) -> Inbound {
        Inbound(
            id: try id(), owner: try owner(), from: try text(), to: try text(), receivedAt: try time(),
            sentAt: optionalTime(), clientReference: optionalText(), subject: optionalText(), text: optionalText(),
            media: try json([Inbound.Medium].self))
    }
}
