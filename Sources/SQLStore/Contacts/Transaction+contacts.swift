import FoundationEssentials
import GatewayCore

extension Transaction {
    func insert(
        _ contacts: [WrittenContact], notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) throws(SQLError) -> ContactChangeResult {
        try connection.driver.requireRoom()
        if let kept = try kept(answer) { return .answered(kept) }
        // By the number of the project.
        var given: [Int: [ContactIdentity: StoredContact.ID]] = [:]
        for contact in contacts.lazy.map(\.contact) {
            let project = try number(of: .project(contact.project))
            for identity in contact.identities {
                let other = given[project, default: [:]].updateValue(contact.id, forKey: identity)
                if let other, other != contact.id { return .identityTaken(identity, by: other) }
            }
            if let taken = try taken(contact, in: project) { return taken }
        }
        for contact in contacts { try insert(contact) }
        try append(notices, now: now)
        try keep(answer)
        return .done
    }

    func update(
        _ columns: WrittenContact, notices: [Notice], now: Date
    ) throws(SQLError) -> ContactChangeResult {
        try connection.driver.requireRoom()
        let project = try number(of: .project(columns.contact.project))
        if let refusal = try refusal(of: columns.contact, in: project) { return refusal }
        if let taken = try taken(columns.contact, in: project) { return taken }
        try write(columns, in: project)
        try append(notices, now: now)
        return .done
    }

    func removeContact(
        _ id: StoredContact.ID, of project: String, notices: [Notice], now: Date
    ) throws(SQLError) -> Bool {
        guard let number = try connection.number(of: .project(project)),
            let present = try present(id, in: number)
        else { return false }
        // Its conversations and identities go with it.
        try connection.write(ContactQuery.delete, [":id": .id(id)])
        try noteShared(present.identities, in: number)
        try append(notices, now: now)
        return true
    }

    func merge(
        _ other: StoredContact, into columns: WrittenContact, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) throws(SQLError) -> ContactChangeResult {
        try connection.driver.requireRoom()
        if let kept = try kept(answer) { return .answered(kept) }
        let contact = columns.contact
        let project = try number(of: .project(contact.project))
        guard other.project == contact.project, other.id != contact.id else { return .noSuchContact }
        for contact in [contact, other] {
            if let refusal = try refusal(of: contact, in: project) { return refusal }
        }
        if let taken = try taken(contact, in: project, butBy: other.id) { return taken }
        let identities = try present(other.id, in: project)?.identities ?? []
        try moveConversations(from: other.id, to: contact.id)
        try moveMessages(from: other.id, to: contact.id)
        try connection.write(ContactQuery.delete, [":id": .id(other.id)])
        try write(columns, in: project)
        try noteShared(identities, in: project)
        try append(notices, now: now)
        try keep(answer)
        return .done
    }

    /// Writes a new contact, whose identities are nobody's.
    func insert(_ columns: WrittenContact) throws(SQLError) {
        let contact = columns.contact
        let project = try number(of: .project(contact.project))
        try connection.write(ContactQuery.insert, columns.bindings(project: project))
        try add(contact.identities, of: contact.id, in: project)
    }

    private func write(_ columns: WrittenContact, in project: Int) throws(SQLError) {
        let contact = columns.contact
        let previous = try present(contact.id, in: project)?.identities ?? []
        try connection.write(ContactQuery.update, columns.changes)
        guard previous != contact.identities else { return }
        try connection.write(ContactQuery.removeIdentities, [":contact": .id(contact.id)])
        try noteShared(previous, in: project)
        try add(contact.identities, of: contact.id, in: project)
    }

    private func add(
        _ identities: [ContactIdentity], of contact: StoredContact.ID, in project: Int
    ) throws(SQLError) {
        for identity in Set(identities) {
            try connection.write(
                ContactQuery.addIdentity,
                [
                    ":project": .integer(project), ":identity": .text(identity.identity),
                    ":channel": .text(identity.channel), ":contact": .id(contact),
                ])
        }
        try noteShared(identities, in: project)
    }

    /// Notes of each of the identities whether several contacts have it now.
    private func noteShared(_ identities: [ContactIdentity], in project: Int) throws(SQLError) {
        for identity in Set(identities.lazy.map(\.identity)) {
            let name: Bindings = [":project": .integer(project), ":identity": .text(identity)]
            let holders = try connection.rows(ContactQuery.holders, name) { row in row.optionalText() }
            try connection.write(ContactQuery.share, name.with([":is_shared": .flag(holders.count > 1)]))
        }
    }

    /// Why what a contact has become is not kept; nil where it may be.
    private func refusal(of contact: StoredContact, in project: Int) throws(SQLError) -> ContactChangeResult? {
        guard let present = try present(contact.id, in: project) else { return .noSuchContact }
        return present.revision == contact.revision ? nil : .outdated
    }

    /// The first of the identities that somebody else has.
    private func taken(
        _ contact: StoredContact, in project: Int, butBy other: StoredContact.ID? = nil
    ) throws(SQLError) -> ContactChangeResult? {
        for identity in contact.identities {
            guard let holder = try connection.holder(of: identity, in: project) else { continue }
            if holder != contact.id, holder != other { return .identityTaken(identity, by: holder) }
        }
        return nil
    }

    private func present(
        _ id: StoredContact.ID, in project: Int
    ) throws(SQLError) -> (revision: Int, identities: [ContactIdentity])? {
        try connection.first(
            ContactQuery.present, [":id": .id(id), ":project": .integer(project)]
        ) { (row) throws(SQLError) in
            (revision: try row.integer(), identities: try row.next().json([ContactIdentity].self))
        }
    }
}
