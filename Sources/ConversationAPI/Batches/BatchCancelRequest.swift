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
}
