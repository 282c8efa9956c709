package import FoundationEssentials

/// The contacts of projects.
package protocol ContactStore: Sendable {
    func contact(_ id: StoredContact.ID, of project: String) async throws(StoreFailure) -> StoredContact?
    /// In the order of their ids.
    ///
    /// - Parameter last: the id behind which the list goes on; nil for its beginning.
    func contacts(
        of project: String, matching filter: ContactFilter, after last: StoredContact.ID?, limit: Int
    ) async throws(StoreFailure) -> [StoredContact]
    /// Identities that several contacts have, in their order.
    ///
    /// - Parameter last: the identity behind which the list goes on; empty for its beginning.
    func contactConflicts(
        of project: String, after last: String, limit: Int
    ) async throws(StoreFailure) -> [ContactConflict]
    /// Keeps new contacts, all or none.
    ///
    /// - Parameters:
    ///   - notices: written in the same commit if it is made; the same holds for all changes below.
    ///   - answer: kept in the same commit.
    func insert(
        _ contacts: [StoredContact], notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult
    /// Keeps what a contact has become, as long as it has that revision.
    func update(
        _ contact: StoredContact, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> ContactChangeResult
    /// Removes a contact and its conversations. Messages stay in lists.
    func removeContact(
        _ id: StoredContact.ID, of project: String, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool
    /// Keeps what a contact has become by a merge, and removes the other one, whose conversations become the first's.
    /// Both have to have their revisions still. Where both have an active conversation with one app, only the first's
    /// stays active. Messages in lists become the first's too, in further commits where there are many.
    func merge(
        _ other: StoredContact, into contact: StoredContact, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ContactChangeResult
}

/// The result of changing contacts.
package enum ContactChangeResult: Sendable, Equatable {
    case done
    /// Another contact of the project has this identity.
    case identityTaken(ContactIdentity, by: StoredContact.ID)
    case noSuchContact
    /// Somebody else changed it in between.
    case outdated
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
}
