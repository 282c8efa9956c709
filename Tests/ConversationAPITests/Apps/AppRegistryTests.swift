import Doubles
import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("The apps that are in force")
struct AppRegistryTests {
    private static let key = [UInt8](repeating: 1, count: 32)
    private static let webhook = "01KN6MZ5G0H00K000000000001"

    private let directory = CurrentDirectory(
        Directory(projects: [Project(id: Bakery.project, accessKeys: [], apps: [Project.App(id: "shop")])]))
    private let log = LogLines()

    private func registry(_ store: any AppStore, key: [UInt8] = key, others: [[UInt8]] = []) -> AppRegistry {
        AppRegistry(
            store: store, directory: directory, seal: AppSeal(key, others: others), logger: log.logger)
    }

    private func app(_ id: String = Bakery.app) throws -> RegisteredApp {
        RegisteredApp(
            id: id, project: Bakery.project, settings: try App(body: try Fixture.bytes("requests/app-create")),
            createdAt: Date(milliseconds: 1_775_122_200_250))
    }

    private func webhook(_ type: String = "HTTP") throws -> RegisteredWebhook {
        var json = try Fixture.json("requests/webhook-create")
        json["target_type"] = .string(type)
        return RegisteredWebhook(
            id: Self.webhook, project: Bakery.project, settings: try AppWebhook(json),
            createdAt: Date(milliseconds: 1_775_122_200_250))
    }

    /// A store into which a registry has put the app and its webhook.
    private func filled() async throws -> MemoryAppStore {
        let store = MemoryAppStore()
        let registry = registry(store)
        _ = try await registry.put(try app())
        _ = try await registry.put(try webhook())
        return store
    }

    @Test("what was kept is there after a start, in the directory too, and sealed in the store")
    func loaded() async throws {
        let store = try await filled()
        directory.replace(with: Directory.Additions())

        let registry = registry(store)
        try await registry.load()

        #expect(registry.app(Bakery.app, of: Bakery.project) == (try app()))
        #expect(registry.webhook(Self.webhook, of: Bakery.project) == (try webhook()))
        let known = try #require(directory.now.projects[Bakery.project]?.app(Bakery.app))
        #expect(known.numbers == ["12025550160"])
        #expect(known.ownAccount?.vaspID.reveal() == "key-of-the-bakery")
        #expect(known.processingMode == .conversation)
        #expect(known.retention == .seconds(14 * 86400))
        #expect(known.webhooks.map(\.target) == ["https://bakery.example/hook"])
        for text in await store.appRows.map(\.text) { #expect(!text.contains("bakery")) }
    }

    @Test("since when an app has its sender is known after a start, too")
    func senderSince() async throws {
        let store = MemoryAppStore()
        let since = Date(milliseconds: 1_775_122_300_000)
        var settings = try app().settings.stored
        settings["channel_credentials"] = [
            [
                "channel": "MMS",
                "mms_credentials": ["account_id": "A", "api_key": "K", "default_sender": "12025550199"],
            ]
        ]
        let kept = try app()
        #expect(kept.updated(with: kept.settings, now: since) == kept)
        _ = try await registry(store).put(kept.updated(with: try App(settings), now: since))
        directory.replace(with: Directory.Additions())

        try await registry(store).load()

        let known = try #require(directory.now.projects[Bakery.project]?.app(Bakery.app))
        #expect(known.numbers == ["12025550199"])
        #expect(known.numbersSince == since)
    }

    @Test("an app that no key opens is named in the log and left out, and the others are there")
    func unreadable() async throws {
        let store = try await filled()
        _ = try await registry(store, key: [UInt8](repeating: 9, count: 32)).put(
            try app("01KN6MZ5G0BAKERYAPP0000002"))
        directory.replace(with: Directory.Additions())

        let registry = registry(store)
        try await registry.load()

        #expect(registry.apps(of: Bakery.project).map(\.id) == ["shop", Bakery.app])
        #expect(log.all.map(\.text).contains { $0.contains("app=01KN6MZ5G0BAKERYAPP0000002") })
        #expect(await store.appRows.count == 2)
    }

    @Test("what an earlier key has sealed is sealed anew at the start")
    func sealedAnew() async throws {
        let store = try await filled()
        let new = [UInt8](repeating: 2, count: 32)

        try await registry(store, key: new, others: [Self.key]).load()
        let registry = registry(store, key: new)
        try await registry.load()

        #expect(registry.app(Bakery.app, of: Bakery.project) != nil)
        #expect(registry.webhook(Self.webhook, of: Bakery.project) != nil)
    }

    @Test("an app of the configuration is one too, as the last reload has it")
    func configured() throws {
        let registry = registry(MemoryAppStore())
        #expect(registry.app("shop", of: Bakery.project)?.settings.displayName == "shop")

        var shop = Project.App(id: "shop", defaultSender: Originator("12025550100"))
        (shop.displayName, shop.account, shop.processingMode) = ("Shop", "A1", .conversation)
        directory.replace(
            with: Directory(projects: [Project(id: Bakery.project, accessKeys: [], apps: [shop])]))

        let app = try #require(registry.app("shop", of: Bakery.project))
        #expect(app.isConfigured)
        #expect(app.settings.displayName == "Shop")
        #expect(app.mode == .conversation)
        #expect(app.defaultSender == Originator("12025550100"))
        #expect(registry.app("shop", of: "another") == nil)
    }

    @Test("a webhook that dismisses is known and never called")
    func dismissed() async throws {
        let registry = registry(MemoryAppStore())
        _ = try await registry.put(try app())
        _ = try await registry.put(try webhook("DISMISS"))

        #expect(registry.webhooks(ofApp: Bakery.app, in: Bakery.project).count == 1)
        #expect(directory.now.projects[Bakery.project]?.app(Bakery.app)?.webhooks.isEmpty == true)
    }

    @Test("with an app its webhooks go")
    func removed() async throws {
        let store = MemoryAppStore()
        let registry = registry(store)
        _ = try await registry.put(try app())
        _ = try await registry.put(try webhook())

        try await registry.remove(try app())

        #expect(registry.app(Bakery.app, of: Bakery.project) == nil)
        #expect(registry.webhook(Self.webhook, of: Bakery.project) == nil)
        #expect(directory.now.customers(at: "12025550160").isEmpty)
        #expect(await store.webhookRows.isEmpty)
    }

    @Test("a change that the store does not take is not made")
    func refused() async throws {
        let store = MemoryAppStore()
        let registry = registry(store)
        await store.fail(.unavailable("disk full"))

        await #expect(throws: StoreFailure.unavailable("disk full")) {
            try await registry.change(of: Bakery.project) { _ = try await registry.put(try app()) }
        }

        #expect(registry.app(Bakery.app, of: Bakery.project) == nil)
        #expect(await store.reads == 0)
    }

    @Test("after a change of which nobody knows whether it was kept, the next one begins with what the store has")
    func uncertain() async throws {
        let store = MemoryAppStore()
        let registry = registry(store)
        await store.fail(.uncertain("disk full"))
        await #expect(throws: StoreFailure.uncertain("disk full")) {
            try await registry.change(of: Bakery.project) { _ = try await registry.put(try app()) }
        }

        let found = try await registry.change(of: Bakery.project) { registry.app(Bakery.app, of: Bakery.project) }

        #expect(found == (try app()))
        #expect(await store.reads == 1)
    }

    @Test("changes of a project are made one after the other")
    func inTurn() async throws {
        let registry = registry(MemoryAppStore())
        let first = try app()

        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...20 {
                group.addTask {
                    try await registry.change(of: Bakery.project) {
                        let count = registry.apps(of: Bakery.project).count
                        let id = ULID(high: UInt64(number), low: 0).description
                        _ = try await registry.put(
                            RegisteredApp(
                                id: id, project: Bakery.project, settings: first.settings, createdAt: first.createdAt))
                        return count
                    }
                }
            }
            var counts: Set<Int> = []
            for try await count in group { counts.insert(count) }
            #expect(counts == Set(1...20))
        }
    }
}
