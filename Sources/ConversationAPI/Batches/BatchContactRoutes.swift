import CustomerServing
import GatewayCore

/// `/contacts` of the Batch API: many at once, without an answer for each.
struct BatchContactRoutes: Sendable {
    let store: any ContactStore
    let ids: ULIDGenerator

    /// `POST /contacts`: all of them are made, or none.
    func make(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(BatchContactsRequest.self)
        try request.checkNotices(of: call.project)
        let now = call.now.wholeMilliseconds
        let contacts = Array(zip(ids.next(request.contacts.count, at: now), request.contacts))
        let response = APIResponse.empty
        let result = try await store.insert(
            contacts.map { id, contact in contact.kept(as: id, of: call.project.id) },
            notices: contacts.flatMap { id, contact in
                call.project.notices(of: contact.creation(as: id), at: now)
            }, keeping: call.keptAnswer(response), now: now)
        switch result {
        case .done: return response
        case .answered(let kept): return try call.response(kept)
        case .identityTaken(let identity, let other):
            let index = request.contacts.firstIndex { $0.identities.contains { $0.row == identity } } ?? 0
            throw ConversationError(
                .alreadyExists,
                "'contacts[\(index)]': the contact \(other) has an identity of it already; none of them was made")
        // Only a contact that is changed has to be there before.
        case .noSuchContact, .outdated: throw CallRefusal.internalError
        }
    }

    /// `DELETE /contacts`: whoever is not there is passed over.
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(BatchContactsDeletion.self)
        var rest = Set(request.ids.compactMap { ULID($0) }).sorted()[...]
        while !rest.isEmpty {
            try await withThrowingDiscardingTaskGroup { group in
                for id in rest.prefix(Self.step) { group.addTask { try await delete(id, call) } }
            }
            rest = rest.dropFirst(Self.step)
        }
        return .empty
    }

    private func delete(_ id: StoredContact.ID, _ call: ProjectCall) async throws {
        guard let contact = try await store.contact(id, of: call.project.id) else { return }
        let now = call.now.wholeMilliseconds
        let event = Callback.Event.contactDelete(try Contact(contact).printed(id: id.description))
        _ = try await store.removeContact(
            id, of: call.project.id, notices: call.project.notices(of: event, at: now), now: now)
    }

    /// Contacts that are deleted in one commit, as long as nobody else writes.
    private static let step = 50
}

extension BatchContactsRequest {
    /// - Throws: where apps are to be notified of more than one commit may hold.
    fileprivate func checkNotices(of project: Project) throws(MalformedRequest) {
        let apps = project.apps.count { app in app.webhooks.contains { $0.triggers.contains(.contactCreate) } }
        let most = apps == 0 ? Int.max : max(Self.mostNotices / apps, 1)
        guard contacts.count > most else { return }
        throw .violation(
            at: "contacts",
            "size must be at most \(most) where \(apps) apps are notified of each contact, and is \(contacts.count)")
    }

    private static let mostNotices = 10_000
}
