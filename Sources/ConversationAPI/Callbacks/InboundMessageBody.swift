import CustomerServing
import HTTPServing

/// A message of either direction, as lists print it and as MESSAGE_INBOUND has it.
struct InboundMessageBody: Encodable {
    let id: String
    let message: ContactMessage
    let correspondence: Correspondence
    /// For a choice response the `message_metadata` of what offered it; else empty.
    var metadata = ""
    let acceptTime: Timestamp
    /// The app's number that it was sent to.
    let senderID: String

    func encode(to encoder: any Encoder) throws {
        var printed = printed
        printed.channel = correspondence.identity.channel
        try printed.encode(to: encoder)
    }

    var printed: PrintedMessage {
        PrintedMessage(
            id: id, content: .toApp(message), correspondence: correspondence, metadata: metadata,
            acceptTime: acceptTime, senderID: senderID)
    }
}

/// A message that is kept, whoever sent it.
struct PrintedMessage: Encodable {
    let id: String
    let content: Content
    let correspondence: Correspondence
    var metadata: String
    let acceptTime: Timestamp
    /// The app's number, of what came in.
    var senderID = ""
    /// In callbacks, for old receivers, which know the channel by this alone.
    var channel: Channel?

    enum Content {
        case toApp(ContactMessage)
        /// As the app wrote it.
        case toContact(JSONVerbatim)
    }

    private enum CodingKeys: String, CodingKey {
        case id, direction
        case contactMessage = "contact_message"
        case appMessage = "app_message"
        case channel
        case identity = "channel_identity"
        case conversationID = "conversation_id"
        case contactID = "contact_id"
        case metadata
        case acceptTime = "accept_time"
        case senderID = "sender_id"
        case mode = "processing_mode"
        case isInjected = "injected"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(id, forKey: .id)
        switch content {
        case .toApp(let message):
            try members.encode(Direction.toApp.rawValue, forKey: .direction)
            try members.encode(message.json, forKey: .contactMessage)
        case .toContact(let message):
            try members.encode(Direction.toContact.rawValue, forKey: .direction)
            try members.encode(message, forKey: .appMessage)
        }
        try members.encodeIfPresent(channel, forKey: .channel)
        try members.encode(correspondence.identity, forKey: .identity)
        try members.encode(correspondence.conversationID, forKey: .conversationID)
        try members.encode(correspondence.contactID, forKey: .contactID)
        try members.encode(metadata, forKey: .metadata)
        try members.encode(acceptTime, forKey: .acceptTime)
        try members.encode(senderID, forKey: .senderID)
        try members.encode(correspondence.mode, forKey: .mode)
        try members.encode(false, forKey: .isInjected)
    }
}
