package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    /// The most messages in lists that are changed in one commit with their contact or conversation.
    static var messagesOfAStep: Int { 1_000 }

    package func contact(
        _ id: StoredContact.ID, of project: String
    ) async throws(StoreFailure) -> StoredContact? {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: .project(project)) else { return nil }
            return try snapshot.connection.contact(id, of: project, number: number)
        }
    }

    package func contacts(
        of project: String, matching filter: ContactFilter, after last: StoredContact.ID?, limit: Int
    ) async throws(StoreFailure) -> [StoredContact] {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.contacts(of: project, matching: filter, after: last, limit: limit)
        }
    }

    package func contactConflicts(
        of project: String, after last: String, limit: Int
    ) async throws(StoreFailure) -> [ContactConflict] {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.contactConflicts(of: project, after: last, limit: limit)
        }
    }

    package func insert(
        _ contacts: [StoredContact], notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        let columns = try contacts.map { (contact) throws(StoreFailure) in try WrittenContact(contact) }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(columns, notices: notices, keeping: answer, now: now)
        }
    }

    package func update(
        _ contact: StoredContact, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        let columns = try WrittenContact(contact)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.update(columns, notices: notices, now: now)
        }
    }

    package func removeContact(
        _ id: StoredContact.ID, of project: String, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.removeContact(id, of: project, notices: notices, now: now)
        }
    }

    package func merge(
        _ other: StoredContact, into contact: StoredContact, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult {
        let columns = try WrittenContact(contact)
        let result = try await writer.write { (transaction) throws(SQLError) in
            try transaction.merge(other, into: columns, notices: notices, keeping: answer, now: now)
        }
        if result == .done { await moveMessages() }
        return result
    }

    /// Messages in lists follow their contact in further commits. What a failure leaves is moved with the next merge, or
    /// at the next start.
    private func moveMessages() async {
        while case let count? = try? await writer.write({ (transaction) throws(SQLError) in
            try transaction.moveMessages(limit: Self.messagesOfAStep)
        }), count > 0 {}
    }
}
