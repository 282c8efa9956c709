import GatewayCore

/// An inbound message with its lists as text, encoded before the writer's thread gets it.
struct WrittenInbound: Sendable {
    var inbound: Inbound
    let notifiesOwner: Bool
    let uploadToken: UploadToken?
    let isUnread: Bool
    private let media: String
    private let otherRecipients: String

    init(_ copy: InboundDelivery.Copy) throws(StoreFailure) {
        inbound = copy.inbound
        notifiesOwner = copy.notifiesOwner
        uploadToken = copy.uploadToken
        isUnread = copy.isUnread && copy.inbound.owner != nil
        media = try JSONColumn.text(inbound.media)
        otherRecipients = try JSONColumn.text(inbound.otherRecipients)
    }

    func bindings(owner: Int?, _ identity: InboundIdentity) -> Bindings {
        [
            ":id": .id(inbound.id), ":owner": .integer(owner), ":mmsc": .text(identity.mmsc),
            ":delivery": .text(identity.delivery), ":fingerprint": .text(identity.fingerprint),
            ":sender": .text(inbound.from),
            ":recipient": .text(inbound.to), ":received_at": .time(inbound.receivedAt),
            ":sent_at": .time(inbound.sentAt), ":client_reference": .text(inbound.reference),
            ":subject": .text(inbound.subject), ":text": .text(inbound.text), ":media": .text(media),
            ":other_recipients": .text(otherRecipients), ":echo": .text(inbound.echo.text),
            ":is_unread": .flag(isUnread), ":trace": .text(inbound.trace?.text),
        ]
    }
}

/// What is read of an inbound message.
enum InboundColumn: Int, Columns {
    case id, ownerKind, ownerName, sender, recipient, receivedAt, sentAt, clientReference, subject, text, media
    case otherRecipients, echo, trace

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        default: "inbound.\(name)"
        }
    }
}

extension WrittenInbound {
    /// The columns of `bindings`.
    static let columns = InboundColumn.written(
        without: [.ownerKind, .ownerName], and: "owner", "mmsc", "delivery", "fingerprint", "is_unread")
}

extension Row {
    mutating func inbound() throws(SQLError) -> Inbound {
        let fields = fields(of: InboundColumn.self)
        let hasOwner = fields[.ownerKind].optionalText() != nil
        return Inbound(
            id: try fields[.id].id(),
            owner: hasOwner ? try Owner(kind: fields[.ownerKind], name: fields[.ownerName]) : nil,
            from: try fields[.sender].text(), to: try fields[.recipient].text(),
            receivedAt: try fields[.receivedAt].time(), sentAt: fields[.sentAt].optionalTime(),
            reference: fields[.clientReference].optionalText(), subject: fields[.subject].optionalText(),
            text: fields[.text].optionalText(), media: try fields[.media].json([Inbound.Medium].self),
            otherRecipients: try fields[.otherRecipients].json([String].self),
            echo: Echo(try fields[.echo].text()), trace: fields[.trace].optionalText().map(Trace.init(kept:)))
    }
}
