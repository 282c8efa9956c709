import CustomerServing
import HTTPServing

/// `message_delivery_report`: a message came to a place on its way.
struct DeliveryReportBody: Encodable {
    /// Empty for a message that failed before it was made.
    let messageID: String
    let correspondence: Correspondence
    let status: DeliveryStatus
    /// The `message_metadata` of the request that sent it.
    let metadata: String
    /// Where a failed message of a batch was in it.
    var batchPlace: BatchPlace?

    struct BatchPlace: Equatable, Sendable {
        let batchID: String
        /// From 0.
        let index: Int
    }

    private enum CodingKeys: String, CodingKey {
        case messageID = "message_id"
        case conversationID = "conversation_id"
        case status, channel
        case identity = "channel_identity"
        case contactID = "contact_id"
        case reason, metadata
        case mode = "processing_mode"
        case batchID = "batch_id"
        case index = "message_index"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(messageID, forKey: .messageID)
        try members.encode(correspondence.conversationID, forKey: .conversationID)
        try members.encode(status.name, forKey: .status)
        // Old receivers know the channel by this alone.
        try members.encode(correspondence.identity.channel, forKey: .channel)
        try members.encode(correspondence.identity, forKey: .identity)
        try members.encode(correspondence.contactID, forKey: .contactID)
        try members.encodeIfPresent(status.reason, forKey: .reason)
        try members.encode(metadata, forKey: .metadata)
        try members.encode(correspondence.mode, forKey: .mode)
        if let batchPlace, status.reason != nil {
            try members.encode(batchPlace.batchID, forKey: .batchID)
            try members.encode(batchPlace.index, forKey: .index)
        }
    }
}

/// `message_submit_notification`: a message was handed to the channel.
struct SubmitNotification: Encodable {
    let messageID: String
    let correspondence: Correspondence
    /// As the app wrote it.
    let message: JSONVerbatim
    let metadata: String

    private enum CodingKeys: String, CodingKey {
        case messageID = "message_id"
        case conversationID = "conversation_id"
        case identity = "channel_identity"
        case contactID = "contact_id"
        case message = "submitted_message"
        case metadata
        case mode = "processing_mode"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(messageID, forKey: .messageID)
        try members.encode(correspondence.conversationID, forKey: .conversationID)
        try members.encode(correspondence.identity, forKey: .identity)
        try members.encode(correspondence.contactID, forKey: .contactID)
        try members.encode(message, forKey: .message)
        try members.encode(metadata, forKey: .metadata)
        try members.encode(correspondence.mode, forKey: .mode)
    }
}

/// `unsupported_callback`: the channel said something that the API has no word for.
struct UnsupportedCallback: Encodable {
    let correspondence: Correspondence
    /// What the channel said.
    let payload: String
    /// Empty where it has none.
    var id = ""

    private enum CodingKeys: String, CodingKey {
        case channel, payload
        case mode = "processing_mode"
        case id
        case contactID = "contact_id"
        case conversationID = "conversation_id"
        case identity = "channel_identity"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(correspondence.identity.channel, forKey: .channel)
        try members.encode(payload, forKey: .payload)
        try members.encode(correspondence.mode, forKey: .mode)
        try members.encode(id, forKey: .id)
        try members.encode(correspondence.contactID, forKey: .contactID)
        try members.encode(correspondence.conversationID, forKey: .conversationID)
        try members.encode(correspondence.identity, forKey: .identity)
    }
}
