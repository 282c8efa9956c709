import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPTypes

/// `/apps`
struct AppRoutes: Sendable {
    let registry: AppRegistry
    let messages: any AppMessageStore
    let ids: ULIDGenerator
    let figures: App.Figures

    /// Apps that a project has at most.
    static let limit = 1000

    func addRoutes(to routes: ProjectRoutes) {
        routes.on("apps", [.get: list, .post: create])
        routes.on("apps/:app", [.get: read, .patch: update, .delete: delete])
    }

    /// `POST /apps`
    func create(_ call: ProjectCall) async throws -> APIResponse {
        let settings = try await call.read(App.self)
        let project = call.project
        return try await registry.change(of: project.id) {
            guard registry.apps(of: project.id).count < Self.limit else {
                throw ConversationError(.failedPrecondition, "The project has \(Self.limit) apps, which is the limit")
            }
            let now = call.now.wholeMilliseconds
            let app = RegisteredApp(
                id: ids.next(at: now).description, project: project.id, settings: settings, createdAt: now)
            let printed = app.printed(figures.of(project))
            let answer = call.keptAnswer(APIResponse(json: printed.withoutSigningSecrets))
            if let kept = try await registry.put(app, keeping: answer) { return try call.response(kept) }
            return APIResponse(json: printed)
        }
    }

    /// `GET /apps`
    func list(_ call: ProjectCall) async throws -> APIResponse {
        let project = call.project
        let apps = registry.apps(of: project.id)
        let sizes = try await messages.waitingMessages(of: apps.map(\.id), in: project.id)
        let list = ListResponse(
            opening: #"{"apps":["#, closing: "]}", Array(zip(apps, sizes)),
            byteCount: { 1000 + $0.0.settings.credentials.reduce(0) { $0 + $1.json.mostUnits } },
            element: { app, size in app.printed(figures.of(project, queueSize: size)) })
        return try await list.response(to: call)
    }

    /// `GET /apps/{app_id}`
    func read(_ call: ProjectCall) async throws -> APIResponse {
        APIResponse(json: try await printed(app(call), of: call.project))
    }

    /// `PATCH /apps/{app_id}?update_mask=…`
    func update(_ call: ProjectCall) async throws -> APIResponse {
        _ = try app(call)
        let (body, mask) = try await call.change()
        let app = try await registry.change(of: call.project.id) {
            let old = try changeableApp(call)
            let settings = try ConversationError.refusing { () throws(InvalidRequest) in
                try old.settings.updated(by: body, mask)
            }
            let app = old.updated(with: settings, now: call.now.wholeMilliseconds)
            _ = try await registry.put(app)
            return app
        }
        return APIResponse(json: try await printed(app, of: call.project))
    }

    /// `DELETE /apps/{app_id}`: what it sent and received stays.
    func delete(_ call: ProjectCall) async throws -> APIResponse {
        try await registry.change(of: call.project.id) { try await registry.remove(try changeableApp(call)) }
        return .empty
    }

    private func app(_ call: ProjectCall) throws(ConversationError) -> RegisteredApp {
        try call.pathName(of: "app", at: "app") { registry.app($0, of: call.project.id) }
    }

    private func changeableApp(_ call: ProjectCall) throws(ConversationError) -> RegisteredApp {
        let app = try app(call)
        guard !app.isConfigured else {
            throw .configured("app", "its entry in `apps` of the project")
        }
        return app
    }

    private func printed(_ app: RegisteredApp, of project: Project) async throws(StoreFailure) -> JSONValue {
        let sizes = try await messages.waitingMessages(of: [app.id], in: project.id)
        return app.printed(figures.of(project, queueSize: sizes.first ?? 0))
    }
}

extension RegisteredApp {
    func printed(_ figures: App.Figures) -> JSONValue { settings.printed(id: id, figures) }
}

extension App.Figures {
    /// The most calls of a project per second by the API's documents; printed where nothing limits a rate.
    static let unlimitedRate = 800

    init(_ limits: ConversationAPI.Limits) {
        inboundRate = Self.unlimitedRate
        webhookRate = max(1, Int(limits.webhookCallsPerSecond))
        queueLimit = limits.queuedMessagesOfApp
    }

    /// The figures of a project's apps: what they send is limited by the calls that send it.
    func of(_ project: Project, queueSize: Int = 0) -> App.Figures {
        var figures = self
        figures.queueSize = queueSize
        figures.outboundRate = project.requestsPerSecond.map { max(1, Int($0)) } ?? Self.unlimitedRate
        return figures
    }
}

extension ConversationError {
    /// Something that the configuration names is not changed by a call.
    static func configured(_ name: String, _ place: String) -> ConversationError {
        ConversationError(
            .failedPrecondition,
            "The \(name) is one of the gateway's configuration; its operator changes it there, in \(place)")
    }
}
