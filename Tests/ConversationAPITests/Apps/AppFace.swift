import CustomerServing
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

/// The API over a store of its own, for the project `Bakery.project` and another one. The configuration has the app
/// `configuredApp` in the first, with a webhook.
struct AppFace: Sendable {
    static let configuredApp = "01KN6MZ5G0C0NF1G0000000001"
    static let configuredWebhook = "01KN6MZ5G0C0NF1G0000000002"
    static let otherProject = "2a8d5f60-0000-4000-8000-000000000008"
    private static let seal = AppSeal([UInt8](repeating: 1, count: 32))
    private static let key = Project.AccessKey(id: "key", secret: Secret("secret"))

    let client: any TestClientProtocol
    let store: SQLiteStore
    let registry: AppRegistry
    let directory: CurrentDirectory

    /// Runs the body with the API over an empty store.
    static func run(_ body: @escaping @Sendable (AppFace) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apps-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = HastyClock(at: Date(milliseconds: 1_775_122_200_250))
        let store = try await SQLiteStore.open(
            directory: folder, signals: WorkSignals(), now: clock.now(), readerCount: 1)
        let directory = CurrentDirectory(configured)
        let logger = LogLines().logger
        let registry = AppRegistry(
            store: store, directory: directory, seal: seal, logger: logger)
        try await registry.load()
        let router = Router(context: PeerContext.self)
        ConversationAPI(
            store: StoreRoles(of: store), directory: directory, registry: registry, clock: clock,
            ids: ULIDGenerator(), links: NoLinks(), resources: CallResources(),
            limits: .init(queuedMessagesOfApp: 1234, webhookCallsPerSecond: 7), logger: logger
        ).addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0).application(for: router, logger: logger)
        try await app.test(.router) { client in
            try await body(AppFace(client: client, store: store, registry: registry, directory: directory))
        }
        await store.close()
    }

    private static var configured: Directory {
        var app = Project.App(id: configuredApp, defaultSender: Originator("12025550100"))
        app.account = "A1"
        app.webhooks = [
            Project.Webhook(id: configuredWebhook, target: "https://file.example/hook", triggers: [.messageInbound])
        ]
        return Directory(projects: [
            Project(id: Bakery.project, accessKeys: [key], apps: [app]),
            Project(id: otherProject, accessKeys: [Project.AccessKey(id: "other", secret: Secret("secret"))]),
        ])
    }

    /// Sends a request and gives back the status and the answer.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, of project: String = Bakery.project,
        key: String? = nil
    ) async throws -> (status: Int, body: JSONValue) {
        var headers = HTTPFields()
        let user = project == Bakery.project ? "key" : "other"
        headers[.authorization] = "Basic \(Data("\(user):secret".utf8).base64EncodedString())"
        headers[.contentType] = "application/json"
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let response = try await client.execute(
            uri: "/v1/projects/\(project)/\(path)", method: method, headers: headers,
            body: body.map { ByteBuffer(string: $0.text) })
        return (response.status.code, try JSONValue(Array(response.body.readableBytesView)))
    }

    /// Makes an app of the fixture, with another name, and gives back its id.
    func makeApp(_ name: String = "Bakery", of project: String = Bakery.project) async throws -> String {
        var body = try Fixture.json("requests/app-create")
        body["display_name"] = .string(name)
        return try await made("apps", body, of: project)
    }

    /// Makes a webhook of the app and gives back its id.
    func makeWebhook(of app: String, target: String = "https://bakery.example/hook") async throws -> String {
        var body = try Fixture.json("requests/webhook-create")
        body["app_id"] = .string(app)
        body["target"] = .string(target)
        return try await made("webhooks", body, of: Bakery.project)
    }

    /// Puts apps into the store as if they had been made.
    func addApps(_ count: Int) async throws {
        let text = try App(body: try Fixture.bytes("requests/app-create")).stored.text
        for number in 1...count {
            let id = ULID(high: UInt64(number), low: 0).description
            let sealed = try Self.seal.seal(text, of: .app(id, project: Bakery.project))
            _ = try await store.put(
                StoredApp(id: id, project: Bakery.project, createdAt: Date(milliseconds: 1), text: sealed), keeping: nil
            )
        }
        try await registry.load()
    }

    private func made(_ path: String, _ body: JSONValue, of project: String) async throws -> String {
        let (status, made) = try await send(.post, path, body, of: project)
        guard status == 200, let id = made.text(at: "id") else { throw NotMade(status: status, body: made.text) }
        return id
    }
}

struct NotMade: Error {
    let status: Int
    let body: String
}

private struct NoLinks: MediaLinks {
    func url(for media: StoredMedia, fileName: String, now: Date) -> String { "" }
}

extension JSONValue {
    /// A text somewhere in it.
    func text(at names: String...) -> String? {
        let value = names.reduce(Optional(self)) { $0?[$1] }
        return if case .string(let text)? = value { text } else { nil }
    }

    /// The elements of a list that a member is.
    func list(_ name: String) -> [JSONValue] {
        if case .array(let elements)? = self[name] { elements } else { [] }
    }
}
