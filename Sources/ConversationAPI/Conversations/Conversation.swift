import CustomerServing
import FoundationEssentials
import GatewayCore

/// What an app and a contact say to each other, from its start until it is stopped.
struct Conversation: Equatable, Sendable {
    let appID: String
    let contactID: String
    var isActive: Bool
    var activeChannel: Channel?
    /// When the contact was heard last; nil: never.
    var lastReceived: Date?
    /// A text of the app's, from before there was `metadata_json`.
    var metadata: String
    /// What inbound messages come with; nil for nothing.
    var metadataJSON: JSONValue?
    var correlationID: String

    /// What an update may change.
    static let memberNames = [
        "active", "active_channel", "metadata", "metadata_json", "correlation_id",
    ]
    private static let longestMetadata = 1024

    /// One that begins with a message.
    init(appID: String, contactID: String, on channel: Channel) {
        self.appID = appID
        self.contactID = contactID
        isActive = true
        activeChannel = channel
        metadata = ""
        correlationID = ""
    }
}

extension Conversation: RequestBody {
    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let contactID = members.requiredText("contact_id")
        isActive = members.flag("active") ?? true
        activeChannel = members.word("active_channel")
        lastReceived = members.time("last_received")?.date
        metadata = members.text("metadata", atMost: Self.longestMetadata) ?? ""
        metadataJSON = members.metadataObject("metadata_json", atMost: SendRequest.longestConversationMetadata)
        correlationID = members.text("correlation_id", atMost: SendRequest.longestCorrelationID) ?? ""
        guard let appID, let contactID else { return nil }
        self.appID = appID
        self.contactID = contactID
    }
}

extension Conversation {
    /// As the store keeps it.
    var stored: JSONValue {
        var json: JSONValue = [
            "app_id": .string(appID), "contact_id": .string(contactID), "active": .bool(isActive),
        ]
        json["active_channel"] = activeChannel.map { .string($0.rawValue) }
        json["last_received"] = lastReceived.map { .string(Timestamp($0).text) }
        json["metadata"] = .string(metadata)
        json["metadata_json"] = metadataJSON
        json["correlation_id"] = .string(correlationID)
        return json
    }

    /// As the API prints it: one that nothing was received in says 1970.
    func printed(id: String) -> JSONValue {
        [
            "id": .string(id), "app_id": .string(appID), "contact_id": .string(contactID),
            "last_received": .string(Timestamp(lastReceived ?? Date(timeIntervalSince1970: 0)).text),
            "active_channel": .string(activeChannel?.rawValue ?? "CHANNEL_UNSPECIFIED"), "active": .bool(isActive),
            "metadata": .string(metadata), "metadata_json": metadataJSON ?? [:],
            "correlation_id": .string(correlationID),
        ]
    }

    /// The conversation after an update. `metadata_update_strategy` says how its metadata is meant.
    ///
    /// - Throws: for what the update makes of it that no conversation may be.
    func updated(by body: JSONValue, strategy: String?, _ mask: UpdateMask) throws(InvalidRequest) -> Conversation {
        var body = body
        do throws(MalformedRequest) {
            let strategy = try Self.strategy(strategy)
            if let given = body["metadata_json"], case .object = given {
                body["metadata_json"] = try Metadata.updated(metadataJSON, with: given, strategy)
            }
        } catch {
            throw InvalidRequest(error)
        }
        return try Conversation(mask.applying(body, to: stored, changing: Self.memberNames))
    }

    private static func strategy(_ text: String?) throws(MalformedRequest) -> MetadataStrategy {
        guard let text else { return .replace }
        guard let strategy = MetadataStrategy(rawValue: text) else {
            throw .violation(
                at: "metadata_update_strategy",
                "must be one of \(MetadataStrategy.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return strategy
    }
}
