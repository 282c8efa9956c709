import CustomerServing
import GatewayCore

/// `/capability:query`
struct CapabilityRoute: Sendable {
    let contacts: any ContactStore
    let ids: ULIDGenerator

    /// `POST /capability:query`: whether somebody can be reached. The answer is a CAPABILITY callback.
    func query(_ call: ProjectCall) async throws -> APIResponse {
        let request = try await call.read(CapabilityRequest.self)
        let app = try call.app(request.appID)
        let requestID = request.requestID ?? ids.next(at: call.now).description
        let response = APIResponse(json: request.registered(as: requestID))
        let (contactID, identities) = try await resolve(request.recipient, call)
        let event = Callback.Event.capability(
            CapabilityNotification(of: identities, contactID: contactID, requestID: requestID))
        guard let notice = call.project.notice(of: event, toApp: app.id, at: call.now) else { return response }
        // Nothing is inserted but the notice, and the answer with it.
        let result = try await contacts.insert(
            [], notices: [notice], keeping: call.keptAnswer(response), now: call.now)
        guard case .answered(let kept) = result else { return response }
        return try call.response(kept)
    }

    /// Who is meant: the contact, if there is one, and what channels call them.
    private func resolve(
        _ recipient: Recipient, _ call: ProjectCall
    ) async throws -> (contactID: String, [ChannelIdentity]) {
        switch recipient {
        case .contact(let id):
            guard let number = ULID(id), let stored = try await contacts.contact(number, of: call.project.id) else {
                throw ConversationError.noSuch("contact", id: id)
            }
            return (id, try Contact(stored).identities)
        case .identities(let identities):
            guard let own = identities.first(where: { $0.channel == .mms }) else { return ("", identities) }
            let known = try await contacts.contacts(
                of: call.project.id, matching: .identity(own.row), after: nil, limit: 1)
            return (known.first?.id.description ?? "", identities)
        }
    }
}

extension CapabilityRequest {
    /// As it is answered.
    fileprivate func registered(as requestID: String) -> JSONValue {
        let recipient: JSONValue =
            switch recipient {
            case .contact(let id): ["contact_id": .string(id)]
            case .identities(let identities):
                ["identified_by": ["channel_identities": .array(identities.map(\.json))]]
            }
        return ["app_id": .string(appID), "recipient": recipient, "request_id": .string(requestID)]
    }
}
