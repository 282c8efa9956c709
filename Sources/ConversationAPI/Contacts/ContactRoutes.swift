import CustomerServing
import GatewayCore
import Logging

/// `/contacts`
struct ContactRoutes: Sendable {
    let store: any ContactStore
    let ids: ULIDGenerator
    let logger: Logger

    /// `POST /contacts`
    func create(_ call: ProjectCall) async throws -> APIResponse {
        let contact = try await call.read(Contact.self)
        let id = ids.next(at: call.now)
        let response = APIResponse(json: contact.printed(id: id.description))
        let result = try await store.insert(
            [contact.kept(as: id, of: call.project.id)],
            notices: call.project.notices(of: contact.creation(as: id), at: call.now),
            keeping: call.keptAnswer(response), now: call.now)
        return try call.response(to: result, of: id, done: response) ?? response
    }

    /// `GET /contacts?page_size=…&page_token=…`, of all, or of those with an `external_id` or with `channel` and
    /// `identity`.
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let query = try ContactQuery(call.query)
        let found = try await store.contacts(
            of: call.project.id, matching: query.filter, after: query.page.after?.id, limit: query.page.size + 1)
        let page = found.prefix(query.page.size)
        let next = found.count > page.count ? page.last.map { PageToken(behind: $0.id, of: .contacts) } : nil
        let entries = page.compactMap { contact in
            ListPage<JSONValue>.Entry(byteCount: contact.text.utf8.count, logger: logger) { () throws(StoreFailure) in
                try Contact(contact).printed(id: contact.id.description)
            }
        }
        return try await ListPage("contacts", entries, next: next?.text).response(to: call)
    }

    /// `GET /contacts/{contact_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        let contact = try await contact(call.contactID, of: call)
        return APIResponse(json: try Contact(contact).printed(id: contact.id.description))
    }

    /// `PATCH /contacts/{contact_id}?update_mask=…`
    func update(_ call: ProjectCall) async throws -> APIResponse {
        let id = try call.contactID
        let (body, mask) = try await call.change()
        return try await call.untilCurrent {
            let stored = try await contact(id, of: call)
            let old = try Contact(stored)
            let new = try ConversationError.refusing { () throws(InvalidRequest) in try old.updated(by: body, mask) }
            let printed = new.printed(id: id.description)
            guard new != old else { return APIResponse(json: printed) }
            let result = try await store.update(
                new.kept(as: id, of: call.project.id, revision: stored.revision),
                notices: call.project.notices(of: .contactUpdate(printed), at: call.now), now: call.now)
            return try call.response(to: result, of: id, done: APIResponse(json: printed))
        }
    }

    /// `DELETE /contacts/{contact_id}`
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        let id = try call.contactID
        let contact = try Contact(try await contact(id, of: call))
        let event = Callback.Event.contactDelete(contact.printed(id: id.description))
        let isRemoved = try await store.removeContact(
            id, of: call.project.id, notices: call.project.notices(of: event, at: call.now), now: call.now)
        guard isRemoved else { throw ConversationError.noSuch("contact", id: id.description) }
        return .empty
    }

    /// `POST /contacts/{destination_id}:merge`
    func merge(_ call: ProjectCall) async throws -> APIResponse {
        let id = try call.contactID
        let source = try await call.read(ContactMergeRequest.self).sourceID
        guard let sourceID = ULID(source) else { throw ConversationError.noSuch("contact", id: source) }
        guard sourceID != id else {
            throw MalformedRequest.violation(at: "source_id", "must be another contact than the one that is kept")
        }
        return try await call.untilCurrent {
            let (kept, other) = (try await contact(id, of: call), try await contact(sourceID, of: call))
            let removed = try Contact(other)
            let merged = try Contact(kept).merged(with: removed)
            // Two lists of names may be too long for one contact.
            _ = try ConversationError.refusing { () throws(InvalidRequest) in try Contact(merged.stored) }
            let printed = merged.printed(id: id.description)
            let event = Callback.Event.contactMerge(kept: printed, removed: removed.printed(id: source))
            let response = APIResponse(json: printed)
            let result = try await store.merge(
                other, into: merged.kept(as: id, of: call.project.id, revision: kept.revision),
                notices: call.project.notices(of: event, at: call.now), keeping: call.keptAnswer(response),
                now: call.now)
            return try call.response(to: result, of: id, done: response)
        }
    }

    private func contact(_ id: StoredContact.ID, of call: ProjectCall) async throws -> StoredContact {
        guard let contact = try await store.contact(id, of: call.project.id) else {
            throw ConversationError.noSuch("contact", id: id.description)
        }
        return contact
    }
}

extension CustomerCall<ProjectCaller> {
    /// The contact that the path names.
    fileprivate var contactID: StoredContact.ID {
        get throws(ConversationError) { try pathID(of: "contact", at: "contact") }
    }

    /// What is answered to a change of a contact; nil where it was outdated.
    fileprivate func response(
        to result: ContactChangeResult, of id: StoredContact.ID, done: APIResponse
    ) throws -> APIResponse? {
        switch result {
        case .done: return done
        case .answered(let kept): return try response(kept)
        case .outdated: return nil
        case .noSuchContact: throw ConversationError.noSuch("contact", id: id.description)
        case .identityTaken(let identity, let other):
            throw ConversationError(
                .alreadyExists, "The identity on the channel \(identity.channel) is that of the contact \(other)")
        }
    }
}

extension APIResponse {
    /// To what is done and has nothing to say.
    static let empty = APIResponse(json: [:] as JSONValue)
}
