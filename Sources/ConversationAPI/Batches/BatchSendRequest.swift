import CustomerServing
import FoundationEssentials
import GatewayCore

/// The body that sends one message to many, each with values of its own.
struct BatchSendRequest: Equatable, Sendable {
    let appID: String
    let message: MessageTemplate
    /// 1 to 1,000.
    let recipients: [BatchRecipient]
    let options: SendOptions
    /// What belongs to the batch itself, which is asked for and cancelled by it.
    let batchMetadata: JSONValue?
    let messageMetadata: JSONValue?
    let conversationMetadata: JSONValue?
    let sendAfter: Date?
    let correlationID: String?

    static let recipientRange = 1...1000
    /// Members of its metadata by which a batch can be found.
    static let mostKeys = 64
}

extension BatchSendRequest: RequestBody {
    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let message = MessageTemplate("message", of: members)
        let recipients: [BatchRecipient]? = members.values("recipient_and_params", count: Self.recipientRange)
        options = SendOptions(members)
        let limit = SendRequest.longestConversationMetadata
        batchMetadata = members.metadataObject("batch_metadata", atMost: limit)
        messageMetadata = members.metadataObject("message_metadata", atMost: limit)
        conversationMetadata = members.metadataObject("conversation_metadata", atMost: limit)
        sendAfter = members.time("send_after")?.date
        correlationID = members.text("correlation_id", atMost: SendRequest.longestCorrelationID).nonEmpty
        let keys = AppBatch.Key.all(in: batchMetadata).count
        if keys > Self.mostKeys {
            members.fault(
                at: "batch_metadata", "has \(keys) members with a value, the limit is \(Self.mostKeys)")
        }
        if members.has("messages") { members.fault(at: "messages", "must not be present: a batch has one message") }
        guard let appID, let message, let recipients else { return nil }
        self.appID = appID
        self.message = message
        self.recipients = recipients
        checkMetadata(members)
    }

    /// Limits hold for what comes of the two levels, with the batch's id in it.
    private func checkMetadata(_ members: RequestMembers) {
        for (index, recipient) in recipients.enumerated() {
            let path = FieldPath.element(members.place("recipient_and_params"), index)
            func check(_ name: String, _ ofBatch: JSONValue?, _ ofRecipient: JSONValue?, _ limit: Int) {
                let most = [ofBatch, ofRecipient].reduce(Self.idLength) { $0 + ($1?.mostUnits ?? 0) }
                guard most > limit else { return }
                let count = Metadata.merged(ofBatch, ofRecipient, batchID: Self.anyID).text.utf16.count
                guard count > limit else { return }
                members.faults.note(
                    at: .member(path, name), "has \(count) characters with that of the batch, the limit is \(limit)")
            }
            check(
                "message_metadata", messageMetadata, recipient.messageMetadata, SendRequest.longestMessageMetadata)
            check(
                "conversation_metadata", conversationMetadata, recipient.conversationMetadata,
                SendRequest.longestConversationMetadata)
        }
    }

    /// What the id of the batch adds to metadata.
    private static let idLength = Metadata.merged(nil, nil, batchID: anyID).text.utf16.count
    /// As long as every id.
    private static let anyID = ULID(high: 0, low: 0).description

    /// The `metadata` of the receipts of a recipient's message.
    func messageMetadata(of recipient: BatchRecipient, batchID: String) -> String {
        Metadata.merged(messageMetadata, recipient.messageMetadata, batchID: batchID).text
    }

    func conversationMetadata(of recipient: BatchRecipient, batchID: String) -> JSONValue {
        Metadata.merged(conversationMetadata, recipient.conversationMetadata, batchID: batchID)
    }
}

/// One of those that a batch goes to.
struct BatchRecipient: Equatable, Sendable {
    let recipient: Recipient
    /// Values in the place of `${name}`.
    let parameters: [String: String]
    let messageMetadata: JSONValue?
    let conversationMetadata: JSONValue?

    private static let longestValue = 1600
}

extension BatchRecipient: RequestBody {
    init?(_ members: RequestMembers) {
        let recipient: Recipient? = members.requiredValue("recipient")
        var parameters: [String: String] = [:]
        for (name, value) in members.map("parameters", longestValue: Self.longestValue) {
            if Template.isKey(name) {
                parameters[name] = value
            } else {
                members.fault(at: "parameters", "a name must be 1 to 16 letters, digits, '_', '-' or '.'")
            }
        }
        self.parameters = parameters
        messageMetadata = members.metadataObject("message_metadata", atMost: SendRequest.longestConversationMetadata)
        conversationMetadata = members.metadataObject(
            "conversation_metadata", atMost: SendRequest.longestConversationMetadata)
        guard let recipient else { return nil }
        self.recipient = recipient
    }
}
