extension Project {
    /// An address that an app is notified at, and what of.
    package struct Webhook: Sendable {
        /// A ULID. That of a webhook of the configuration is made of its app and target, so it is always the same.
        package var id: String
        package var target: String
        /// The triggers that it is called for, in the order given.
        package var triggers: [Trigger]
        /// How its server recognises our calls.
        package var credentials = CallbackCredentials()
        /// Whether the configuration names it; else it was made through the API, which may change it.
        package var isConfigured = true

        package init(id: String, target: String, triggers: [Trigger]) {
            self.id = id
            self.target = target
            self.triggers = triggers
        }
    }

    /// The triggers of the Conversation API. A webhook may ask for all of them; an MMS causes a few.
    package enum Trigger: String, Sendable, CaseIterable {
        case messageDelivery = "MESSAGE_DELIVERY"
        case messageInbound = "MESSAGE_INBOUND"
        case messageSubmit = "MESSAGE_SUBMIT"
        case eventDelivery = "EVENT_DELIVERY"
        case eventInbound = "EVENT_INBOUND"
        case conversationStart = "CONVERSATION_START"
        case conversationStop = "CONVERSATION_STOP"
        case conversationDelete = "CONVERSATION_DELETE"
        case contactCreate = "CONTACT_CREATE"
        case contactDelete = "CONTACT_DELETE"
        case contactMerge = "CONTACT_MERGE"
        case contactUpdate = "CONTACT_UPDATE"
        case contactIdentitiesDuplication = "CONTACT_IDENTITIES_DUPLICATION"
        case capability = "CAPABILITY"
        case optIn = "OPT_IN"
        case optOut = "OPT_OUT"
        case channelEvent = "CHANNEL_EVENT"
        case smartConversation = "SMART_CONVERSATION"
        /// The other spelling that the vendor's pages have.
        case smartConversations = "SMART_CONVERSATIONS"
        case smartConversationRedaction = "MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION"
        case recordNotification = "RECORD_NOTIFICATION"
        case batchStatusUpdate = "BATCH_STATUS_UPDATE"
        case unsupported = "UNSUPPORTED"
    }
}

/// What an access token for a customer's server is fetched with. (RFC 6749, 4.4)
package struct TokenRequest: Sendable, Hashable {
    /// Where tokens are made.
    package var endpoint: String
    package var clientID: String
    package var clientSecret: Secret
    package var scope: String?
    package var responseType: String?
    /// Whether id and secret are in the body of the request; else they are in its header, as HTTP Basic.
    package var isForm = false

    package init(endpoint: String, clientID: String, clientSecret: Secret) {
        self.endpoint = endpoint
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}
