import CustomerServing
import GatewayCore
import Logging

/// `/conversations:recent`: those that were used last, each with its last message.
struct RecentConversations: Sendable {
    let store: any ConversationStore
    let messages: any AppMessageStore
    let links: any MediaLinks
    let logger: Logger

    /// `GET /conversations:recent?app_id=…&only_active=…&order=…&page_size=…&page_token=…`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let query = try ConversationQuery(call.query, .recentConversations)
        guard query.appID != nil else { throw MalformedRequest.violation(at: "app_id", "must be present") }
        guard let filter = query.filter else { return try await ListPage<Entry>("conversations").response(to: call) }
        let slice = try await store.recentConversations(
            of: call.project.id, matching: filter, after: query.page.after?.cursor, limit: query.page.size,
            isDescending: query.isDescending)
        var entries: [ListPage<Entry>.Entry] = []
        var next = slice.next
        var bytes = 0
        for (index, conversation) in slice.elements.enumerated() {
            // A page of long messages ends early, and its token leads to the rest.
            if bytes >= MessageList.longBytes {
                let last = slice.elements[index - 1]
                next = ListCursor(time: last.lastUsed, id: last.id)
                break
            }
            let message = try await lastMessage(of: conversation, call)
            let size = conversation.text.utf8.count + (message?.byteCount ?? 0)
            bytes += size
            let entry = ListPage<Entry>.Entry(byteCount: size, logger: logger) { () throws(StoreFailure) in
                Entry(conversation: try conversation.printed(), lastMessage: message)
            }
            if let entry { entries.append(entry) }
        }
        let token = next.map { PageToken(behind: $0, of: .recentConversations).text }
        return try await ListPage("conversations", entries, next: token).response(to: call)
    }

    /// What was said last; nil where lists have nothing of it, or it cannot be read.
    private func lastMessage(
        of conversation: StoredConversation, _ call: ProjectCall
    ) async throws(StoreFailure) -> PrintedMessage? {
        let slice = try await messages.appMessages(
            of: call.project.id, matching: AppMessageFilter(conversation: conversation.id), after: nil, limit: 1,
            now: call.now)
        guard let message = slice.elements.first else { return nil }
        do throws(StoreFailure) {
            return try PrintedMessage(message, links: links, now: call.now)
        } catch {
            logger.error(
                "The last message of a conversation cannot be read and is left out", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private struct Entry: Encodable, Sendable {
        let conversation: JSONValue
        let lastMessage: PrintedMessage?

        enum CodingKeys: String, CodingKey {
            case conversation
            case lastMessage = "last_message"
        }
    }
}
