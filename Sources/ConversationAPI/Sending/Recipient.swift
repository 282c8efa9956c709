import GatewayCore

/// To whom a message goes: a contact that is stored, or somebody by the names that channels have.
enum Recipient: Equatable, Sendable {
    case contact(id: String)
    /// Never empty.
    case identities([ChannelIdentity])

    static let identityRange = 1...100
}

extension Recipient: RequestBody {
    init?(_ members: RequestMembers) {
        let contact = members.text("contact_id").nonEmpty
        switch (contact, members.has("identified_by")) {
        case (let id?, false):
            self = .contact(id: id)
        case (nil, true):
            let identities: [ChannelIdentity]? = members.object("identified_by")?
                .values("channel_identities", count: Self.identityRange)
            guard let identities else { return nil }
            self = .identities(identities)
        case (_?, true):
            members.fault("must have either contact_id or identified_by, and has both")
            return nil
        case (nil, false):
            members.fault("must have contact_id or identified_by")
            return nil
        }
    }
}

typealias ProcessingMode = Project.ProcessingMode

/// How a change of a conversation's metadata is meant.
enum MetadataStrategy: String, CaseIterable, Sendable {
    case replace = "REPLACE"
    case mergePatch = "MERGE_PATCH"
}
