import CustomerServing
import GatewayCore

/// The body of `messages:send`.
struct SendRequest: Equatable, Sendable {
    let appID: String
    let recipient: Recipient
    let message: AppMessage
    let options: SendOptions
    /// Comes back with every report on the message.
    let messageMetadata: String?
    /// Comes back with what the recipient answers.
    let conversationMetadata: JSONValue?
    let metadataStrategy: MetadataStrategy
    let queue: Queue
    let correlationID: String?

    enum Queue: String, CaseIterable, Sendable {
        case normal = "NORMAL_PRIORITY"
        /// First within the share of its customer.
        case high = "HIGH_PRIORITY"
    }

    /// For the management of consents, which MMS does without.
    enum ContentType: String, CaseIterable {
        case unknown = "CONTENT_UNKNOWN"
        case marketing = "CONTENT_MARKETING"
        case notification = "CONTENT_NOTIFICATION"
    }

    static let longestMessageMetadata = 1024
    static let longestConversationMetadata = 2048
    static let longestCorrelationID = 128
}

extension SendRequest: RequestBody {
    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let recipient: Recipient? = members.requiredValue("recipient")
        let message: AppMessage? = members.requiredValue("message")
        options = SendOptions(members)
        messageMetadata = members.text("message_metadata", atMost: Self.longestMessageMetadata)
        conversationMetadata = members.metadataObject(
            "conversation_metadata", atMost: Self.longestConversationMetadata)
        metadataStrategy = members.word("conversation_metadata_update_strategy") ?? .replace
        queue = members.word("queue") ?? .normal
        correlationID = members.text("correlation_id", atMost: Self.longestCorrelationID).nonEmpty
        let _: ContentType? = members.word("message_content_type")
        guard let appID, let recipient, let message else { return nil }
        self.appID = appID
        self.recipient = recipient
        self.message = message
    }
}

/// How messages are sent: what a request for one and for a batch have in common.
struct SendOptions: Equatable, Sendable {
    /// Where reports go in place of the app's webhooks.
    let callbackURL: String?
    /// Empty where none is given.
    let channelOrder: [Channel]
    let properties: ChannelProperties
    let ttlSeconds: Int?
    let strategy: ProcessingStrategy

    enum ProcessingStrategy: String, CaseIterable, Sendable {
        case `default` = "DEFAULT"
        /// No contact and no conversation is kept for it, whatever the app's mode.
        case dispatchOnly = "DISPATCH_ONLY"
    }

    init(_ members: RequestMembers) {
        callbackURL = members.url("callback_url")
        channelOrder = members.words("channel_priority_order") ?? []
        properties = ChannelProperties("channel_properties", of: members)
        ttlSeconds = TimeToLive.seconds("ttl", of: members)
        strategy = members.word("processing_strategy") ?? .default
    }

    /// - Parameter mode: the app's.
    func mode(in mode: ProcessingMode) -> ProcessingMode {
        strategy == .dispatchOnly ? .dispatch : mode
    }
}

extension RequestMembers {
    /// An app's id has the form of a ULID; whether there is such an app is another question.
    func appID() -> String? {
        guard let id = requiredText("app_id") else { return nil }
        guard ULID(id) != nil else {
            fault(at: "app_id", "must be a ULID of 26 characters, as 01HZX3Q7M2K9V4T8R6B1N5C0DE")
            return nil
        }
        return id
    }
}
