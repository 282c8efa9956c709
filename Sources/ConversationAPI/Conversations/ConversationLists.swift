import CustomerServing
import FoundationEssentials
import GatewayCore
import Logging

/// `/conversations`
struct ConversationLists: Sendable {
    let store: any ConversationStore
    let logger: Logger

    /// How far a list counts what it has in all.
    static let countLimit = 10_000

    /// `GET /conversations?app_id=…&contact_id=…&only_active=…&active_channel=…&page_size=…&page_token=…`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let query = try ConversationQuery(call.query)
        guard let filter = query.filter else {
            return try await ListPage<JSONValue>("conversations", totalSize: 0).response(to: call)
        }
        let found = try await store.conversations(
            of: call.project.id, matching: filter, after: query.page.after?.id, limit: query.page.size + 1)
        let page = found.prefix(query.page.size)
        let next = found.count > page.count ? page.last.map { PageToken(behind: $0.id, of: .conversations) } : nil
        let total = try await store.countConversations(
            of: call.project.id, matching: filter, upTo: Self.countLimit)
        return try await ListPage(
            "conversations", page.compactMap(entry), next: next?.text, totalSize: total
        ).response(to: call)
    }

    private func entry(_ conversation: StoredConversation) -> ListPage<JSONValue>.Entry? {
        ListPage.Entry(byteCount: conversation.text.utf8.count, logger: logger) { () throws(StoreFailure) in
            try conversation.printed()
        }
    }
}

extension ConversationQuery {
    /// As the store is asked; nil where no conversation can be with such a contact.
    var filter: ConversationFilter? {
        var filter = ConversationFilter(app: appID, isActiveOnly: isActiveOnly, channel: channel?.rawValue)
        if let contactID {
            guard let contact = ULID(contactID) else { return nil }
            filter.contact = contact
        }
        return filter
    }
}
