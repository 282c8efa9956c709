import CustomerServing
import GatewayCore

extension Contact {
    /// A contact as the store has it.
    ///
    /// - Throws: `.broken` for a text that is none of this API's.
    init(_ stored: StoredContact) throws(StoreFailure) {
        try self.init(kept: stored.text, of: "contact \(stored.id)")
    }

    /// The contact as the store is to have it.
    ///
    /// - Parameter revision: that of the contact which it comes from; 0 for a new one.
    func kept(as id: StoredContact.ID, of project: String, revision: Int = 0) -> StoredContact {
        StoredContact(
            id: id, project: project, identities: identities.map(\.row).withoutRepetitions, externalID: externalID,
            text: stored.text, revision: revision)
    }

    /// What the callbacks of a new contact tell.
    func creation(as id: StoredContact.ID) -> Callback.Event { .contactCreate(printed(id: id.description)) }
}

extension ChannelIdentity {
    /// As a store finds it. Two apps' names for somebody on one channel are the same to it.
    var row: ContactIdentity { ContactIdentity(channel: channel.rawValue, identity: identity) }
}

extension Sequence where Element: Hashable {
    /// Each element where it comes first.
    fileprivate var withoutRepetitions: [Element] {
        var seen = Set<Element>()
        return filter { seen.insert($0).inserted }
    }
}

extension RequestBody {
    /// A value that the API has kept itself.
    ///
    /// - Parameters:
    ///   - text: JSON.
    ///   - place: where it was found, for the log.
    /// - Throws: `.broken` for what it cannot have written.
    init(kept text: String, of place: @autoclosure () -> String) throws(StoreFailure) {
        guard let json = JSONValue(text: text) else { throw .broken("\(place()) is kept as a text that is no JSON") }
        try self.init(kept: json, of: place())
    }

    /// - Throws: `.broken` for what it cannot have written.
    init(kept json: JSONValue, of place: @autoclosure () -> String) throws(StoreFailure) {
        do throws(InvalidRequest) {
            try self.init(json)
        } catch {
            throw .broken("\(place()) cannot be read: \(error.faults.first?.text ?? "")")
        }
    }
}
