import CustomerServing
import GatewayCore
import HTTPServing

/// Paths of the API for what MMS has nothing of. A list is empty, an id is nobody's, and to make something is not
/// possible.
struct UnservedRoutes: Sendable {
    fileprivate func emptyList(_ name: String, _ call: ProjectCall) async throws -> APIResponse {
        try await ListPage<JSONValue>(name).response(to: call)
    }

    fileprivate func nobody(_ name: String, _ call: ProjectCall) -> ConversationError {
        .noSuch(name, id: call.context.pathParameter("id"))
    }
}

/// Events, as that somebody is typing.
extension UnservedRoutes {
    /// `POST /events:send`
    func sendEvent(_ call: ProjectCall) async throws -> APIResponse {
        throw ConversationError(.unimplemented, "MMS carries messages and no events, such as that somebody is typing")
    }

    /// `GET /events`
    func events(_ call: ProjectCall) async throws -> APIResponse {
        try await emptyList("events", call)
    }

    /// `GET,DELETE /events/{event_id}`
    func event(_ call: ProjectCall) async throws -> APIResponse { throw nobody("event", call) }
}

/// What the vendor keeps of those who want no messages.
extension UnservedRoutes {
    /// `GET /apps/{app_id}/consents/{list_type}`
    func consents(_ call: ProjectCall) async throws -> APIResponse {
        _ = try call.app(call.context.pathParameter("app"))
        let type = call.context.pathParameter("id")
        guard ConsentList(rawValue: type) != nil else {
            throw MalformedRequest.violation(
                at: "list_type", "must be one of \(ConsentList.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return try await emptyList("identities", call)
    }

    /// `GET /apps/{app_id}/consents/identities/{identity}`
    func consentsOfIdentity(_ call: ProjectCall) async throws -> APIResponse {
        _ = try call.app(call.context.pathParameter("app"))
        let identity = call.context.pathParameter("id")
        return APIResponse(
            json: ["identity": ["identity": .string(identity)], "audit_records": []] as JSONValue)
    }

    /// The lists of those people.
    private enum ConsentList: String, CaseIterable {
        case all = "OPT_OUT_ALL"
        case marketing = "OPT_OUT_MARKETING"
        case notification = "OPT_OUT_NOTIFICATION"
    }
}

/// Messages that are kept to be sent.
extension UnservedRoutes {
    /// `GET /templates`
    func templates(_ call: ProjectCall) async throws -> APIResponse { try await emptyList("templates", call) }

    /// `POST /templates`
    func makeTemplate(_ call: ProjectCall) async throws -> APIResponse {
        throw ConversationError(.unimplemented, "This gateway keeps no templates; an MMS is sent with its own content")
    }

    /// `GET,PUT,PATCH,DELETE /templates/{template_id}` and all below it.
    func template(_ call: ProjectCall) async throws -> APIResponse { throw nobody("template", call) }
}

/// Settings of the project.
extension UnservedRoutes {
    /// `GET,DELETE /settings`
    func settings(_ call: ProjectCall) async throws -> APIResponse {
        throw ConversationError(.notFound, "The project has no settings")
    }

    /// `POST,PATCH /settings`
    func changeSettings(_ call: ProjectCall) async throws -> APIResponse {
        throw ConversationError(.unimplemented, "This gateway has no settings of projects; its configuration has them")
    }
}
