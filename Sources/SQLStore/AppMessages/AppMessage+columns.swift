import FoundationEssentials
import GatewayCore

/// A message of an app with its batch as text, encoded before the writer's thread gets it.
struct WrittenSend: Sendable {
    let send: AppSend
    let columns: WrittenBatch

    init(_ send: AppSend) throws(StoreFailure) {
        self.send = send
        columns = try WrittenBatch(send.batch)
    }

    /// - Throws: for the first that cannot be written.
    static func all(_ sends: [AppSend]) throws(StoreFailure) -> [WrittenSend] {
        var written: [WrittenSend] = []
        for send in sends { written.append(try WrittenSend(send)) }
        return written
    }
}

/// The columns of a line in the lists of apps.
enum AppMessageColumn: Int, Columns {
    case id, ownerKind, ownerName, direction, isOfConversation, channel, identity, contact, conversation
    case acceptedAt, keptUntil, batch, inbound, number

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        default: "app_message.\(name)"
        }
    }
}

extension AppMessageEntry {
    /// The columns of `bindings`.
    static let columns = AppMessageColumn.written(without: [.ownerKind, .ownerName], and: "project", "owner")

    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: AppMessageColumn.self)
        let body: Body =
            if let batch = try fields[.batch].optionalID() {
                .batch(batch)
            } else {
                .inbound(try fields[.inbound].id(), number: try fields[.number].integer())
            }
        self.init(
            id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            direction: try fields[.direction].present(Direction(rawValue: fields[.direction].integer())),
            isOfConversation: try fields[.isOfConversation].flag(),
            identity: ContactIdentity(
                channel: try fields[.channel].text(), identity: try fields[.identity].text()),
            contact: try fields[.contact].optionalID(), conversation: try fields[.conversation].optionalID(),
            acceptedAt: try fields[.acceptedAt].time(), keptUntil: fields[.keptUntil].optionalTime(), body: body)
    }

    func bindings(project: Int, owner: Int) -> Bindings {
        let (batch, inbound, number): (SQLValue, SQLValue, SQLValue) =
            switch body {
            case .batch(let id): (.id(id), .null, .null)
            case .inbound(let id, let number): (.null, .id(id), .integer(number))
            }
        return [
            ":id": .id(id), ":project": .integer(project), ":owner": .integer(owner),
            ":direction": .integer(direction.rawValue), ":is_of_conversation": .flag(isOfConversation),
            ":channel": .text(identity.channel), ":identity": .text(identity.identity),
            ":contact": .text(contact?.description), ":conversation": .text(conversation?.description),
            ":accepted_at": .time(acceptedAt), ":kept_until": .time(keptUntil), ":batch": batch,
            ":inbound": inbound, ":number": number,
        ]
    }
}
