import CustomerServing
import GatewayCore

/// The body of a call to a webhook: what every one has, and the one member that says what happened.
struct Callback: Encodable {
    let appID: String
    let projectID: String
    /// When the gateway took what the channel said.
    let acceptedTime: Timestamp
    /// When it happened, by the channel's clock.
    let eventTime: Timestamp
    /// For what came in: the text of the conversation's metadata. Else empty.
    var messageMetadata = ""
    /// Nil where the callback has no such member.
    var correlationID: String? = ""
    let event: Event

    enum Event {
        case inbound(InboundMessageBody)
        case delivery(DeliveryReportBody)
        case submit(SubmitNotification)
        case unsupported(UnsupportedCallback)
        case batchStatus(BatchStatusNotification)
        /// The conversation, as the API prints it.
        case conversationStart(JSONValue)
        case conversationStop(JSONValue)
        case conversationDelete(JSONValue)
        /// The contact, as the API prints it.
        case contactCreate(JSONValue)
        case contactUpdate(JSONValue)
        case contactDelete(JSONValue)
        case contactMerge(kept: JSONValue, removed: JSONValue)
        case capability(CapabilityNotification)
    }

    private enum CodingKeys: String, CodingKey {
        case appID = "app_id"
        case projectID = "project_id"
        case acceptedTime = "accepted_time"
        case eventTime = "event_time"
        case messageMetadata = "message_metadata"
        case correlationID = "correlation_id"
        case message
        case deliveryReport = "message_delivery_report"
        case submitNotification = "message_submit_notification"
        case unsupported = "unsupported_callback"
        case batchStatus = "batch_status_update_notification"
        case conversationStart = "conversation_start_notification"
        case conversationStop = "conversation_stop_notification"
        case conversationDelete = "conversation_delete_notification"
        case contactCreate = "contact_create_notification"
        case contactUpdate = "contact_update_notification"
        case contactDelete = "contact_delete_notification"
        case contactMerge = "contact_merge_notification"
        case capability = "capability_notification"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(appID, forKey: .appID)
        try members.encode(projectID, forKey: .projectID)
        try members.encode(acceptedTime, forKey: .acceptedTime)
        try members.encode(eventTime, forKey: .eventTime)
        try members.encode(messageMetadata, forKey: .messageMetadata)
        try members.encodeIfPresent(correlationID, forKey: .correlationID)
        switch event {
        case .inbound(let message): try members.encode(message, forKey: .message)
        case .delivery(let report): try members.encode(report, forKey: .deliveryReport)
        case .submit(let notification): try members.encode(notification, forKey: .submitNotification)
        case .unsupported(let callback): try members.encode(callback, forKey: .unsupported)
        case .batchStatus(let notification): try members.encode(notification, forKey: .batchStatus)
        case .conversationStart(let conversation):
            try members.encode(conversation.conversation, forKey: .conversationStart)
        case .conversationStop(let conversation):
            try members.encode(conversation.conversation, forKey: .conversationStop)
        case .conversationDelete(let conversation):
            try members.encode(conversation.conversation, forKey: .conversationDelete)
        case .contactCreate(let contact): try members.encode(contact.contact, forKey: .contactCreate)
        case .contactUpdate(let contact): try members.encode(contact.contact, forKey: .contactUpdate)
        case .contactDelete(let contact): try members.encode(contact.contact, forKey: .contactDelete)
        case .contactMerge(let kept, let removed):
            try members.encode(
                ["preserved_contact": kept, "deleted_contact": removed] as JSONValue, forKey: .contactMerge)
        case .capability(let notification): try members.encode(notification, forKey: .capability)
        }
    }

    /// What a webhook has to ask for to be called.
    var trigger: Project.Trigger { event.trigger }
}

extension Callback.Event {
    /// What a webhook has to ask for to be called.
    var trigger: Project.Trigger {
        switch self {
        case .inbound: .messageInbound
        case .delivery: .messageDelivery
        case .submit: .messageSubmit
        case .unsupported: .unsupported
        case .batchStatus: .batchStatusUpdate
        case .conversationStart: .conversationStart
        case .conversationStop: .conversationStop
        case .conversationDelete: .conversationDelete
        case .contactCreate: .contactCreate
        case .contactUpdate: .contactUpdate
        case .contactDelete: .contactDelete
        case .contactMerge: .contactMerge
        case .capability: .capability
        }
    }
}

extension JSONValue {
    fileprivate var conversation: JSONValue { ["conversation": self] }

    fileprivate var contact: JSONValue { ["contact": self] }
}

/// With whom a message was exchanged, and under which names the app knows that.
struct Correspondence: Equatable, Sendable {
    let identity: ChannelIdentity
    let mode: ProcessingMode
    /// Empty where none is kept.
    var conversationID = ""
    /// Empty where none is kept.
    var contactID = ""
}
