import CustomerServing
import GatewayCore

/// Somebody that a project speaks with, under one name or several.
struct Contact: Equatable, Sendable {
    /// Never empty.
    var identities: [ChannelIdentity]
    var channelPriority: [Channel]
    var displayName: String
    var email: String
    /// The project's own name.
    var externalID: String
    /// `EN_US`, `SV`, `UNSPECIFIED`
    var language: String
    var metadata: String

    static let memberNames = [
        "channel_identities", "channel_priority", "display_name", "email", "external_id", "language", "metadata",
    ]
    static let defaultName = "Unknown"
    fileprivate static let longestText = 256
    fileprivate static let longestMetadata = 1024
    /// Characters of all its identities together: each app that asks for it is notified of the whole contact.
    fileprivate static let longestIdentities = 10_000
    private static let unknownLanguage = "UNSPECIFIED"

    /// Somebody of whom nothing is known but a name on a channel.
    init(_ identity: ChannelIdentity) {
        identities = [identity]
        channelPriority = [identity.channel]
        displayName = Self.defaultName
        email = ""
        externalID = ""
        language = Self.unknownLanguage
        metadata = ""
    }

    /// What somebody is called on a channel; nil where they are not there.
    func identity(on channel: Channel) -> ChannelIdentity? { identities.first { $0.channel == channel } }
}

extension Contact: RequestBody {
    init?(_ members: RequestMembers) {
        let identities: [ChannelIdentity]? = members.values("channel_identities", count: Recipient.identityRange)
        channelPriority = members.words("channel_priority") ?? []
        displayName = members.text("display_name", atMost: Self.longestText).nonEmpty ?? Self.defaultName
        email = members.text("email", atMost: Self.longestText) ?? ""
        externalID = members.text("external_id", atMost: Self.longestText) ?? ""
        metadata = members.text("metadata", atMost: Self.longestMetadata) ?? ""
        let language = members.requiredText("language")
        if let language, !Self.isLanguage(language) {
            members.fault(at: "language", "must be a language as EN, EN_US or UNSPECIFIED")
        }
        for (index, identity) in (identities ?? []).enumerated()
        where identities?[..<index].contains(identity) == true {
            members.faults.note(at: .element(members.place("channel_identities"), index), "is there a second time")
        }
        let length = (identities ?? []).reduce(0) { $0 + $1.identity.utf16.count }
        if length > Self.longestIdentities {
            members.fault(
                at: "channel_identities",
                "have \(length) characters together, the limit is \(Self.longestIdentities)")
        }
        guard let identities, let language else { return nil }
        self.identities = identities
        self.language = language
    }

    /// Two or three capitals, and a country where there is one.
    private static func isLanguage(_ text: String) -> Bool {
        guard text != unknownLanguage else { return true }
        let parts = text.pieces(at: "_", omittingEmpty: false)
        let areCapitals = parts.allSatisfy { $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } }
        guard areCapitals, let first = parts.first, (2...3).contains(first.utf8.count) else { return false }
        return parts.count == 1 || parts.count == 2 && parts[1].utf8.count == 2
    }
}

extension Contact {
    /// As the store keeps it.
    var stored: JSONValue {
        [
            "channel_identities": .array(identities.map(\.json)),
            "channel_priority": .array(channelPriority.map { .string($0.rawValue) }),
            "display_name": .string(displayName), "email": .string(email), "external_id": .string(externalID),
            "language": .string(language), "metadata": .string(metadata),
        ]
    }

    /// As the API prints it.
    func printed(id: String) -> JSONValue {
        var printed: JSONValue = ["id": .string(id)]
        printed.members += stored.members
        return printed
    }

    /// The contact after an update.
    ///
    /// - Throws: for what the update makes of it that no contact may be.
    func updated(by body: JSONValue, _ mask: UpdateMask) throws(InvalidRequest) -> Contact {
        try Contact(mask.applying(body, to: stored, changing: Self.memberNames))
    }

    /// This contact with the names of another that is the same person. What this one has stays.
    func merged(with other: Contact) -> Contact {
        var merged = self
        merged.identities += other.identities.filter { !identities.contains($0) }
        merged.channelPriority += other.channelPriority.filter { !channelPriority.contains($0) }
        if displayName == Self.defaultName { merged.displayName = other.displayName }
        if email.isEmpty { merged.email = other.email }
        if externalID.isEmpty { merged.externalID = other.externalID }
        if metadata.isEmpty { merged.metadata = other.metadata }
        return merged
    }
}

/// The body that makes one contact of two.
struct ContactMergeRequest: Equatable, Sendable, RequestBody {
    /// The contact that is given up.
    let sourceID: String

    enum Strategy: String, CaseIterable {
        case merge = "MERGE"
    }

    init?(_ members: RequestMembers) {
        let _: Strategy? = members.word("strategy")
        guard let id = members.requiredText("source_id") else { return nil }
        sourceID = id
    }
}
