import GatewayCore

/// Which batches are meant: one by its id, or those with a value in their metadata.
enum BatchCancelRequest: Equatable, Sendable {
    case batch(id: String)
    case metadata(key: String, value: String)
}

extension BatchCancelRequest: RequestBody {
    init?(_ members: RequestMembers) {
        let id = members.text("batch_id").nonEmpty
        let key = (members.text("metadata_key") ?? members.text("metadataKey")).nonEmpty
        let value = members.text("metadata_value") ?? members.text("metadataValue")
        switch (id, key, value) {
        case (let id?, nil, nil): self = .batch(id: id)
        case (nil, let key?, let value?): self = .metadata(key: key, value: value)
        case (nil, _?, nil):
            members.fault(at: "metadata_value", "must be present")
            return nil
        case (nil, nil, _?):
            members.fault(at: "metadata_key", "must be present")
            return nil
        case (nil, nil, nil):
            members.fault("must have batch_id, or metadata_key and metadata_value")
            return nil
        case (_?, _, _):
            members.fault("must have either batch_id or metadata_key and metadata_value, and has both")
            return nil
        }
    }

    /// Whether a batch with the metadata is meant, by key and value.
    static func hasValue(_ metadata: JSONValue?, key: String, value: String) -> Bool {
        switch metadata?[key] {
        case .string(let text): text.isExactly(value)
        case .number(let digits): digits == value
        case .bool(let truth): "\(truth)" == value
        case .null, .array, .object, nil: false
        }
    }
}

/// The body that makes many contacts.
struct BatchContactsRequest: Equatable, Sendable, RequestBody {
    let contacts: [Contact]

    init?(_ members: RequestMembers) {
        guard let contacts: [Contact] = members.values("contacts", count: BatchSendRequest.recipientRange) else {
            return nil
        }
        self.contacts = contacts
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
