import CustomerServing
import FoundationEssentials
import GatewayCore
import Logging

/// The lists of conversations.
struct ConversationLists: Sendable {
    let store: any ConversationStore
    let logger: Logger

    /// How far a list counts what it has in all.
    static let countLimit = 10_000

    /// `GET /conversations?app_id=…&contact_id=…&only_active=…&active_channel=…&page_size=…&page_token=…`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let query = try ConversationQuery(call.query)
        guard let filter = query.filter else {
            return try await ListPage("conversations", totalSize: 0).response(to: call)
        }
        let found = try await store.conversations(
            of: call.project.id, matching: filter, after: query.page.after?.id, limit: query.page.size + 1)
        let page = found.prefix(query.page.size)
        let next = found.count > page.count ? page.last.map { PageToken(behind: $0.id, of: .conversations) } : nil
        let total = try await store.countConversations(
            of: call.project.id, matching: filter, upTo: Self.countLimit)
        return try await ListPage(
            "conversations", page.compactMap { entry($0) { $0 } }, next: next?.text, totalSize: total
        ).response(to: call)
    }

    /// `GET /conversations:recent?app_id=…&only_active=…&order=…`: those that were used last, with their last message.
    func recent(_ call: ProjectCall) async throws -> APIResponse {
        let query = try ConversationQuery(call.query, .recentConversations)
        guard query.appID != nil else { throw MalformedRequest.violation(at: "app_id", "must be present") }
        guard let filter = query.filter else { return try await ListPage("conversations").response(to: call) }
        let slice = try await store.recentConversations(
            of: call.project.id, matching: filter, after: query.page.after?.cursor, limit: query.page.size,
            isDescending: query.isDescending)
        let entries = slice.elements.compactMap { conversation in entry(conversation) { ["conversation": $0] } }
        let next = slice.next.map { PageToken(behind: $0, of: .recentConversations) }
        return try await ListPage("conversations", entries, next: next?.text).response(to: call)
    }

    private func entry(
        _ conversation: StoredConversation, _ framed: (JSONValue) -> JSONValue
    ) -> ListPage.Entry? {
        ListPage.Entry(byteCount: conversation.text.utf8.count, logger: logger) { () throws(StoreFailure) in
            framed(try conversation.printed())
        }
    }
}

extension ConversationQuery {
    /// As the store is asked; nil where no conversation can be with such a contact.
    fileprivate var filter: ConversationFilter? {
        var filter = ConversationFilter(app: appID, isActiveOnly: isActiveOnly, channel: channel?.rawValue)
        if let contactID {
            guard let contact = ULID(contactID) else { return nil }
            filter.contact = contact
        }
        return filter
    }
}
