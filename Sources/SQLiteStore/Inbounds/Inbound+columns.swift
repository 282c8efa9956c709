import GatewayCore

/// An inbound message with its lists as text, made before the writer's thread has to do with it.
struct InboundColumns: Sendable {
    var inbound: Inbound
    let isTold: Bool
    let uploadToken: UploadToken?
    private let media: String
    private let otherRecipients: String

    init(_ copy: InboundDelivery.Copy) throws(StoreFailure) {
        inbound = copy.inbound
        isTold = copy.isTold
        uploadToken = copy.uploadToken
        media = try JSONColumn.text(inbound.media)
        otherRecipients = try JSONColumn.text(inbound.otherRecipients)
    }

    func bindings(owner: Int?, _ key: InboundKey) -> Bindings {
        [
            ":id": .id(inbound.id), ":owner": .integer(owner), ":mmsc": .text(key.mmsc),
            ":delivery": .text(key.delivery), ":fingerprint": .text(key.fingerprint),
            ":sender": .text(inbound.from),
            ":recipient": .text(inbound.to), ":received_at": .time(inbound.receivedAt),
            ":sent_at": .time(inbound.sentAt), ":client_reference": .text(inbound.clientReference),
            ":subject": .text(inbound.subject), ":text": .text(inbound.text), ":media": .text(media),
            ":other_recipients": .text(otherRecipients),
        ]
    }
}

/// What a DeliverReq is known again by.
struct InboundKey: Sendable {
    let mmsc: String
    /// The MMSC's identifier for it, and which of its identifiers that is.
    let delivery: String
    let fingerprint: String
}

extension Row {
    mutating func inbound() throws(SQLiteError) -> Inbound {
        Inbound(
            id: try id(), owner: try optionalOwner(), from: try text(), to: try text(), receivedAt: try time(),
            sentAt: optionalTime(), clientReference: optionalText(), subject: optionalText(), text: optionalText(),
            media: try json([Inbound.Medium].self), otherRecipients: try json([String].self))
    }

    private mutating func optionalOwner() throws(SQLiteError) -> Owner? {
        let (kind, id) = (optionalText(), optionalText())
        guard let kind, let id else { return nil }
        return try present(Owner(kind: kind, id: id))
    }
}
