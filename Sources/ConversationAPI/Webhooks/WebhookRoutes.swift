import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPTypes

/// `/webhooks`, and those of an app.
struct WebhookRoutes: Sendable {
    let registry: AppRegistry
    let ids: ULIDGenerator

    func addRoutes(to routes: ProjectRoutes) {
        routes.on("apps/:app/webhooks", [.get: list])
        routes.on("webhooks", [.post: create])
        routes.on("webhooks/:webhook", [.get: read, .patch: update, .delete: delete])
    }

    /// `GET /apps/{app_id}/webhooks`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let project = call.project.id
        let app = try call.pathName(of: "app", at: "app") { registry.app($0, of: project) }
        let webhooks = registry.webhooks(ofApp: app.id, in: project)
        return APIResponse(json: ["webhooks": .array(webhooks.map(\.printed))] as JSONValue)
    }

    /// `POST /webhooks`
    func create(_ call: ProjectCall) async throws -> APIResponse {
        let settings = try await call.read(AppWebhook.self)
        let project = call.project.id
        return try await registry.change(of: project) {
            let now = call.now.wholeMilliseconds
            let webhook = RegisteredWebhook(
                id: ids.next(at: now).description, project: project, settings: settings, createdAt: now)
            try check(webhook)
            let answer = call.keptAnswer(APIResponse(json: webhook.printed.withoutSigningSecrets))
            if let kept = try await registry.put(webhook, keeping: answer) { return try call.response(kept) }
            return APIResponse(json: webhook.printed)
        }
    }

    /// `GET /webhooks/{webhook_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        APIResponse(json: try webhook(call).printed)
    }

    /// `PATCH /webhooks/{webhook_id}?update_mask=…`: it may go to another app.
    func update(_ call: ProjectCall) async throws -> APIResponse {
        _ = try webhook(call)
        let (body, mask) = try await call.change()
        return try await registry.change(of: call.project.id) {
            var webhook = try changeableWebhook(call)
            let old = webhook.settings
            webhook.settings = try ConversationError.refusing { () throws(InvalidRequest) in
                try old.updated(by: body, mask)
            }
            try check(webhook)
            _ = try await registry.put(webhook)
            return APIResponse(json: webhook.printed)
        }
    }

    /// `DELETE /webhooks/{webhook_id}`
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        try await registry.change(of: call.project.id) { try await registry.remove(try changeableWebhook(call)) }
        return .empty
    }

    /// - Throws: where the project has no such app, or the app has enough webhooks, or one with the same target.
    private func check(_ webhook: RegisteredWebhook) throws(ConversationError) {
        let app = webhook.settings.appID
        guard registry.app(app, of: webhook.project) != nil else { throw .noSuch("app", id: app) }
        let others = registry.webhooks(ofApp: app, in: webhook.project).filter { $0.id != webhook.id }
        if let refusal = webhook.settings.refusal(beside: others.map(\.settings)) { throw refusal }
    }

    private func webhook(_ call: ProjectCall) throws(ConversationError) -> RegisteredWebhook {
        try call.pathName(of: "webhook", at: "webhook") { registry.webhook($0, of: call.project.id) }
    }

    private func changeableWebhook(_ call: ProjectCall) throws(ConversationError) -> RegisteredWebhook {
        let webhook = try webhook(call)
        guard !webhook.isConfigured else {
            throw .configured("webhook", "`webhooks` of its app")
        }
        return webhook
    }
}

extension RegisteredWebhook {
    var printed: JSONValue { settings.printed(id: id) }
}
