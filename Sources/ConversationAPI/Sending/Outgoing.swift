import CustomerServing
import GatewayCore

/// One message to one recipient, as an app asks for it: by itself, or as one of a batch.
struct Outgoing: Equatable, Sendable {
    let message: AppMessage
    let options: SendOptions
    /// Whether it goes before all others of its app.
    var isUrgent = false
    /// The `metadata` of its receipts.
    var metadata = ""
    var correlationID = ""
    var conversationMetadata: JSONValue?
    var metadataStrategy = MetadataStrategy.replace
    /// Where it is in a batch of this API; nil where it is sent by itself.
    var batchPlace: DeliveryReportBody.BatchPlace?
    /// What it is called as the store has it, a batch and its message; nil where any name will do.
    var names: [ULID]?
    /// How many messages its request had.
    var siblings = 1

    init(_ message: AppMessage, _ options: SendOptions) {
        self.message = message
        self.options = options
    }

    init(_ request: SendRequest) {
        self.init(request.message, request.options)
        isUrgent = request.queue == .high
        metadata = request.messageMetadata ?? ""
        correlationID = request.correlationID ?? ""
        conversationMetadata = request.conversationMetadata
        metadataStrategy = request.metadataStrategy
    }

    /// What it makes of the conversation that it is sent in.
    ///
    /// Metadata that a merge would make longer than it may be stays as it is: the message was accepted already.
    func change(_ conversation: inout Conversation) {
        conversation.activeChannel = .mms
        if !correlationID.isEmpty { conversation.correlationID = correlationID }
        guard let conversationMetadata else { return }
        do throws(MalformedRequest) {
            conversation.metadataJSON = try Metadata.updated(
                conversation.metadataJSON, with: conversationMetadata, metadataStrategy)
        } catch {
            return
        }
    }
}
