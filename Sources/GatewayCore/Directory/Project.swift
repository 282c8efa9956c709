/// A customer of the Conversation API: its keys and the apps it sends and receives with.
package struct Project: Sendable {
    package var id: String
    package var accessKeys: [AccessKey]
    package var apps: [App]

    package init(id: String, accessKeys: [AccessKey], apps: [App] = []) {
        self.id = id
        self.accessKeys = accessKeys
        self.apps = apps
    }

    /// The user and password of HTTP Basic, and of the call that gets a bearer token.
    package struct AccessKey: Sendable {
        package var id: String
        package var secret: Secret

        package init(id: String, secret: Secret) {
            self.id = id
            self.secret = secret
        }
    }

    package struct App: Sendable {
        package var id: String
        /// The MMS account whose credentials the app stands for; nil: none.
        package var account: String?
        /// The account's sender, for a request that names no `MMS_SENDER`.
        package var defaultSender: Originator?
        /// Numbers and short codes whose inbound messages belong here.
        package var numbers: [String]
        package var webhooks: [Webhook] = []

        package init(id: String, defaultSender: Originator? = nil, numbers: [String] = []) {
            self.id = id
            self.defaultSender = defaultSender
            self.numbers = numbers
        }
    }

    package struct Webhook: Sendable {
        package var target: String
        /// The triggers that it is called for; never empty.
        package var triggers: Set<Trigger>
        /// Signs every call when set.
        package var secret: Secret?

        package init(target: String, triggers: Set<Trigger>) {
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
