import GatewayCore

/// A contact with its list as text, encoded before the writer's thread gets it.
struct WrittenContact: Sendable {
    let contact: StoredContact
    private let identities: String

    init(_ contact: StoredContact) throws(StoreFailure) {
        self.contact = contact
        identities = try JSONColumn.text(contact.identities)
    }

    func bindings(project: Int) -> Bindings {
        changes.with([":project": .integer(project), ":revision": .integer(contact.revision)])
    }

    /// What an update writes.
    var changes: Bindings {
        [
            ":id": .id(contact.id), ":identities": .text(identities),
            ":external_id": contact.externalID.isEmpty ? .null : .text(contact.externalID),
            ":text": .text(contact.text),
        ]
    }
}

/// What is read of a contact.
enum ContactColumn: Int, Columns {
    case id, identities, externalID, text, revision

    var sql: String { "contact.\(name)" }
}

extension Row {
    mutating func contact(of project: String) throws(SQLError) -> StoredContact {
        let fields = fields(of: ContactColumn.self)
        return StoredContact(
            id: try fields[.id].id(), project: project,
            identities: try fields[.identities].json([ContactIdentity].self),
            externalID: fields[.externalID].optionalText() ?? "", text: try fields[.text].text(),
            revision: try fields[.revision].integer())
    }
}
