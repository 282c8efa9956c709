import CustomerServing
import GatewayCore

/// `/conversations` and its members.
struct ConversationRoutes: Sendable {
    let store: any ConversationStore
    let ids: ULIDGenerator

    /// `POST /conversations`
    func create(_ call: ProjectCall) async throws -> APIResponse {
        let conversation = try await call.read(Conversation.self)
        let app = try call.app(conversation.appID)
        guard app.processingMode == .conversation else {
            throw ConversationError(
                .failedPrecondition, "The app's processing_mode is DISPATCH, in which there are no conversations")
        }
        guard let contact = ULID(conversation.contactID) else {
            throw ConversationError.noSuch("contact", id: conversation.contactID)
        }
        let kept = conversation.kept(
            as: ids.next(at: call.now), of: .app(app.id, project: call.project.id), with: contact, lastUsed: call.now)
        let response = APIResponse(json: try kept.printed())
        let notices = kept.isActive ? call.notices(of: try kept.start(), toAppOf: kept) : []
        let result = try await store.insert(
            kept, notices: notices, keeping: call.keptAnswer(response), now: call.now)
        return try call.response(to: result, of: kept, done: response) ?? response
    }

    /// `GET /conversations/{conversation_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        APIResponse(json: try await conversation(of: call).printed())
    }

    /// `PATCH /conversations/{conversation_id}?update_mask=…&metadata_update_strategy=…`
    func update(_ call: ProjectCall) async throws -> APIResponse {
        let (body, mask) = try await call.change()
        let strategy = call.query.text("metadata_update_strategy")
        return try await call.untilCurrent {
            let stored = try await conversation(of: call)
            let old = try Conversation(stored)
            var new = try ConversationError.refusing { () throws(InvalidRequest) in
                try old.updated(by: body, strategy: strategy, mask)
            }
            // The text of a time has lost what is less than a millisecond.
            new.lastReceived = old.lastReceived
            let kept = new.kept(
                as: stored.id, of: stored.owner, with: stored.contact, lastUsed: stored.lastUsed,
                revision: stored.revision)
            let response = APIResponse(json: try kept.printed())
            guard new != old else { return response }
            let result = try await store.update(
                kept, notices: try call.notices(of: kept, wasActive: stored.isActive), now: call.now)
            return try call.response(to: result, of: kept, done: response)
        }
    }

    /// `POST /conversations/{conversation_id}:stop`
    func stop(_ call: ProjectCall) async throws -> APIResponse {
        try await call.untilCurrent {
            var kept = try await conversation(of: call)
            guard kept.isActive else { return .empty }
            kept.isActive = false
            let result = try await store.update(
                kept, notices: try call.notices(of: kept, wasActive: true), now: call.now)
            return try call.response(to: result, of: kept, done: .empty)
        }
    }

    /// `DELETE /conversations/{conversation_id}`
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        let kept = try await conversation(of: call)
        let event = Callback.Event.conversationDelete(try kept.printed())
        let isRemoved = try await store.removeConversation(
            kept.id, of: call.project.id, notices: call.notices(of: event, toAppOf: kept), now: call.now)
        guard isRemoved else { throw ConversationError.noSuch("conversation", id: kept.id.description) }
        return .empty
    }

    /// `POST /conversations/{conversation_id}:inject-message` and `:inject-event`
    func inject(_ call: ProjectCall) async throws -> APIResponse {
        _ = try await conversation(of: call)
        throw ConversationError(
            .unimplemented,
            "This gateway keeps what it sent and received itself; nothing can be added to a conversation")
    }

    private func conversation(of call: ProjectCall) async throws -> StoredConversation {
        let id = try call.pathID(of: "conversation", at: "conversation")
        guard let conversation = try await store.conversation(id, of: call.project.id) else {
            throw ConversationError.noSuch("conversation", id: id.description)
        }
        return conversation
    }
}

extension CustomerCall<ProjectCaller> {
    fileprivate func notices(of event: Callback.Event, toAppOf conversation: StoredConversation) -> [Notice] {
        project.notice(of: event, toApp: conversation.owner.name, at: now).map { [$0] } ?? []
    }

    /// What there is to say where a change has begun or ended a conversation.
    fileprivate func notices(
        of conversation: StoredConversation, wasActive: Bool
    ) throws(StoreFailure) -> [Notice] {
        switch (wasActive, conversation.isActive) {
        case (true, false): notices(of: .conversationStop(try conversation.printed()), toAppOf: conversation)
        case (false, true): notices(of: try conversation.start(), toAppOf: conversation)
        case (true, true), (false, false): []
        }
    }

    /// What is answered to a change of a conversation; nil where it was outdated.
    fileprivate func response(
        to result: ConversationChangeResult, of conversation: StoredConversation, done: APIResponse
    ) throws -> APIResponse? {
        switch result {
        case .done: return done
        case .answered(let kept): return try response(kept)
        case .outdated: return nil
        case .noSuchContact: throw ConversationError.noSuch("contact", id: conversation.contact.description)
        case .noSuchConversation: throw ConversationError.noSuch("conversation", id: conversation.id.description)
        case .anotherIsActive(let other):
            throw ConversationError(
                .alreadyExists, "The app's active conversation with the contact is \(other); stop it first")
        }
    }
}
