import GatewayCore

/// The body that makes many contacts.
struct BatchContactsRequest: Equatable, Sendable, RequestBody {
    let contacts: [Contact]

    init?(_ members: RequestMembers) {
        guard let contacts: [Contact] = members.values("contacts", count: BatchSendRequest.recipientRange) else {
            return nil
        }
        self.contacts = contacts
        checkIdentities(members)
    }

    /// An identity belongs to one contact of a project.
    private func checkIdentities(_ members: RequestMembers) {
        var places: [ContactIdentity: Int] = [:]
        for (index, contact) in contacts.enumerated() {
            let others = contact.identities.compactMap { places.updateValue(index, forKey: $0.row) }
            guard let other = others.first(where: { $0 != index }) else { continue }
            members.faults.note(
                at: .element(members.place("contacts"), index), "has an identity that contacts[\(other)] has too")
        }
    }
}

/// The body that deletes many contacts.
struct BatchContactsDeletion: Equatable, Sendable, RequestBody {
    let ids: [String]

    init?(_ members: RequestMembers) {
        guard let ids = members.has("contact_ids") ? members.texts("contact_ids") : members.missing("contact_ids")
        else { return nil }
        let range = BatchSendRequest.recipientRange
        guard range.contains(ids.count) else {
            members.fault(
                at: "contact_ids",
                "size must be between \(range.lowerBound) and \(range.upperBound), and is \(ids.count)")
            return nil
        }
        self.ids = ids
    }
}
