import CustomerServing
import FoundationEssentials
import GatewayCore
import Logging

/// `/messages`
struct MessageRoutes: Sendable {
    let messages: any AppMessageStore
    let batches: any BatchStore
    let links: any MediaLinks
    let logger: Logger

    /// `GET /messages`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let query = try MessageQuery(call.query)
        let (messages, project, now) = (messages, call.project.id, call.now)
        return try await response(to: query, call) { filter, cursor, limit throws(StoreFailure) in
            try await messages.appMessages(of: project, matching: filter, after: cursor, limit: limit, now: now)
        }
    }

    /// `POST /messages:fetch-last-message`: the newest with each recipient.
    func fetchLast(_ call: ProjectCall) async throws -> APIResponse {
        let query = try await call.read(MessageQuery.self)
        let (messages, project, now) = (messages, call.project.id, call.now)
        return try await response(to: query, call) { filter, cursor, limit throws(StoreFailure) in
            try await messages.lastAppMessages(of: project, matching: filter, after: cursor, limit: limit, now: now)
        }
    }

    private func response(
        to query: MessageQuery, _ call: ProjectCall,
        read:
            @Sendable @escaping (AppMessageFilter, ListCursor?, Int) async throws(StoreFailure)
            -> ListSlice<ListedAppMessage>
    ) async throws -> APIResponse {
        var list = MessageList()
        if let filter = query.filter {
            list = try await MessageList(query.page) { cursor, limit throws(StoreFailure) in
                try await read(filter, cursor, limit)
            }
        }
        let found = list.messages
        let printed = try await call.inTurn(ofBytes: found.reduce(0) { $0 + $1.byteCount }) {
            found.compactMap { self.printed($0, now: call.now) }
        }
        return try await ListResponse(
            opening: #"{"messages":["#, closing: #"],"next_page_token":"\#(list.token)"}"#, printed,
            byteCount: { $0.byteCount },
            element: { message in query.hasMetadata ? message : message.withoutMetadata }
        ).response(to: call)
    }

    /// `GET /messages/{message_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        APIResponse(json: try print(try await message(call), call))
    }

    /// `PATCH /messages/{message_id}`: other metadata, and nothing else.
    func update(_ call: ProjectCall) async throws -> APIResponse {
        let update = try await call.read(MessageUpdate.self)
        let changed = try await call.untilCurrent { () -> ListedAppMessage? in
            let listed = try await message(call)
            let changed = try listed.withMetadata(update.metadata)
            return try await keep(changed, replacing: listed) ? changed : nil
        }
        return APIResponse(json: try print(changed, call))
    }

    /// Keeps what a message has become; false where somebody else changed it in between.
    private func keep(_ changed: ListedAppMessage, replacing old: ListedAppMessage) async throws(StoreFailure) -> Bool {
        switch (changed.content, old.content) {
        case (.sent(let batch), _):
            return try await batches.setEcho(
                batch.order.echo, of: batch.id, revision: batch.revision, of: batch.owner, keeping: nil) == .replaced
        case (.received(let inbound), .received(let before)):
            return try await messages.setEcho(
                inbound.echo, of: inbound.id, replacing: before.echo, of: changed.entry.owner)
        case (.received, .sent): throw .broken("message \(old.id) is no other than it was")
        }
    }

    /// `DELETE /messages/{message_id}`: takes it out of the lists; what was sent goes on.
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        let listed = try await message(call)
        guard try await messages.removeAppMessage(listed.id, of: call.project.id) else {
            throw ConversationError.noSuch("message", id: listed.id.description)
        }
        return APIResponse(json: [:] as JSONValue)
    }

    /// The message that the path names, in the source that the query names: else in either.
    private func message(_ call: ProjectCall) async throws -> ListedAppMessage {
        let id = try call.pathID(of: "message", at: "message")
        let source: MessageQuery.Source? = try call.query.word("messages_source")
        let found = try await messages.appMessage(id, of: call.project.id, now: call.now)
        guard let found, source == nil || (source == .conversation) == found.entry.isOfConversation else {
            throw ConversationError.noSuch("message", id: id.description)
        }
        return found
    }

    private func print(_ listed: ListedAppMessage, _ call: ProjectCall) throws(StoreFailure) -> PrintedMessage {
        try PrintedMessage(listed, links: links, now: call.now)
    }

    /// A message of a list; one that is broken is missing there, and the others are printed.
    private func printed(_ listed: ListedAppMessage, now: Date) -> PrintedMessage? {
        do throws(StoreFailure) {
            return try PrintedMessage(listed, links: links, now: now)
        } catch {
            logger.error("A message of a list cannot be read", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
