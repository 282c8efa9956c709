package import GatewayCore

/// What the API asks of a store, role by role.
package struct StoreRoles: Sendable {
    package var apps: any AppStore
    package var messages: any AppMessageStore
    package var batches: any BatchStore
    package var appBatches: any AppBatchStore
    package var contacts: any ContactStore
    package var conversations: any ConversationStore
    package var unread: any UnreadInbounds
    package var answers: any AnswerStore

    /// The roles of one store.
    package init(
        of store: any AppStore & AppMessageStore & BatchStore & AppBatchStore & ContactStore & ConversationStore
            & UnreadInbounds & AnswerStore
    ) {
        apps = store
        messages = store
        batches = store
        appBatches = store
        contacts = store
        conversations = store
        unread = store
        answers = store
    }
}

extension ConversationAPI {
    /// `StoreRoles`, for whoever knows those of another API too.
    package typealias Roles = StoreRoles
}
