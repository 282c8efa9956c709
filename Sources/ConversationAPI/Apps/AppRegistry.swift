import CustomerServing
import FoundationEssentials
package import GatewayCore
package import Logging
import Synchronization

/// The apps and webhooks of all projects: those of the configuration, and those that were made through the API.
///
/// The latter are read from the store once, at the start, and kept in memory, because every message needs its app. A
/// change is written to the store first and is then in force here and in the directory.
package final class AppRegistry: Sendable {
    private let store: any AppStore
    private let directory: CurrentDirectory
    private let seal: AppSeal
    private let logger: Logger
    private let lock = KeyedLock()
    private let state = Mutex(State())
    /// What the directory has of it; locked while the directory is made anew, for which no message waits.
    private let additions = Mutex(Directory.Additions())

    private struct State {
        var stored = StoredApps()
        /// Apps of the configuration that were asked for, by project and id.
        var configured: [String: [String: RegisteredApp]] = [:]
        /// The generation of the directory that they are of.
        var generation = 0
        /// Counts the changes that were made here.
        var changes = 0
        /// Projects in which a change may or may not have come into the store.
        var doubtful: Set<String> = []
    }

    package init(
        store: any AppStore, directory: CurrentDirectory, seal: AppSeal, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.seal = seal
        self.logger = logger
    }

    /// Reads what the store has; once, before anything is served. What cannot be read is logged and left out, and its
    /// row stays. What an earlier key has sealed is sealed anew, so that the operator can take that key away.
    package func load() async throws(StoreFailure) {
        let read = try await readAll()
        publish(read.stored.projects) { $0 = read.stored }
        for app in read.oldApps { _ = try await put(app) }
        for webhook in read.oldWebhooks { _ = try await put(webhook) }
    }

    /// Takes over what other processes have changed in the store.
    ///
    /// - Returns: false where something was changed here meanwhile, so that what was read may be older than that.
    package func refresh() async throws(StoreFailure) -> Bool {
        let (before, changes) = state.withLock { ($0.stored.projects, $0.changes) }
        let read = try await read()
        return publish(before.union(read.projects), unlessChangedSince: changes) { $0 = read }
    }

    /// An app of a project, in which nothing is decoded or waited for.
    func app(_ id: String, of project: String) -> RegisteredApp? {
        let now = directory.now
        guard let app = now.projects[project]?.app(id) else { return nil }
        return state.withLock { state in
            guard app.isConfigured else { return state.stored.apps[project]?[id] }
            guard now.generation >= state.generation else { return RegisteredApp(app, of: project) }
            if now.generation > state.generation {
                state.configured = [:]
                state.generation = now.generation
            }
            if let made = state.configured[project]?[id] { return made }
            let made = RegisteredApp(app, of: project)
            state.configured[project, default: [:]][id] = made
            return made
        }
    }

    /// The apps of a project: those of the configuration, then the others, the oldest first.
    func apps(of project: String) -> [RegisteredApp] {
        (directory.now.projects[project]?.apps ?? []).compactMap { app($0.id, of: project) }
    }

    func webhook(_ id: String, of project: String) -> RegisteredWebhook? {
        if let stored = state.withLock({ $0.stored.webhooks[project]?[id] }) { return stored }
        for app in directory.now.projects[project]?.apps ?? [] {
            if let webhook = app.webhooks.first(where: { $0.id == id && $0.isConfigured }) {
                return RegisteredWebhook(webhook, of: app.id, in: project)
            }
        }
        return nil
    }

    /// The webhooks of an app: those of the configuration, then the others, the oldest first.
    func webhooks(ofApp app: String, in project: String) -> [RegisteredWebhook] {
        let configured = directory.now.projects[project]?.app(app)?.webhooks.filter(\.isConfigured) ?? []
        let stored = state.withLock { $0.stored.webhooks[project] ?? [:] }.values
            .filter { $0.settings.appID == app }.sorted { $0.id < $1.id }
        return configured.map { RegisteredWebhook($0, of: app, in: project) } + stored
    }
}

/// Changes, each of them within `change`.
extension AppRegistry {
    /// Makes one change of a project after the other, so that each is checked against what the one before has left.
    func change<Value>(of project: String, _ work: () async throws -> Value) async throws -> Value {
        try await lock.withLock(on: project) {
            if state.withLock({ $0.doubtful.contains(project) }) {
                let read = try await read()
                publish([project]) { $0.take(project, from: read) }
                state.withLock { _ = $0.doubtful.remove(project) }
            }
            do {
                return try await work()
            } catch StoreFailure.uncertain(let text) {
                state.withLock { _ = $0.doubtful.insert(project) }
                throw StoreFailure.uncertain(text)
            }
        }
    }

    /// Keeps a new app, or another form of one.
    func put(_ app: RegisteredApp, keeping answer: KeptAnswer? = nil) async throws(StoreFailure) -> KeptAnswer? {
        guard let createdAt = app.createdAt else { throw .broken("an app of the configuration is not stored") }
        let text = try seal.seal(app.stored.text, of: .app(app.id, project: app.project))
        let stored = StoredApp(id: app.id, project: app.project, createdAt: createdAt, text: text)
        if let kept = try await store.put(stored, keeping: answer) { return kept }
        publish([app.project]) { $0.apps[app.project, default: [:]][app.id] = app }
        return nil
    }

    func put(_ webhook: RegisteredWebhook, keeping answer: KeptAnswer? = nil) async throws(StoreFailure) -> KeptAnswer?
    {
        guard let createdAt = webhook.createdAt else { throw .broken("a webhook of the configuration is not stored") }
        let text = try seal.seal(
            webhook.settings.stored.text, of: .webhook(webhook.id, project: webhook.project))
        let stored = StoredWebhook(
            id: webhook.id, project: webhook.project, app: webhook.settings.appID, createdAt: createdAt, text: text)
        if let kept = try await store.put(stored, keeping: answer) { return kept }
        publish([webhook.project]) { $0.webhooks[webhook.project, default: [:]][webhook.id] = webhook }
        return nil
    }

    /// Removes an app with its webhooks.
    func remove(_ app: RegisteredApp) async throws(StoreFailure) {
        _ = try await store.removeApp(app.id, of: app.project)
        publish([app.project]) { $0.removeApp(app.id, of: app.project) }
    }

    func remove(_ webhook: RegisteredWebhook) async throws(StoreFailure) {
        _ = try await store.removeWebhook(webhook.id, of: webhook.project)
        publish([webhook.project]) { $0.webhooks[webhook.project]?[webhook.id] = nil }
    }

    /// - Parameters:
    ///   - last: the number of changes up to which this one is made; nil makes it in any case.
    ///   - change: of those projects alone.
    /// - Returns: whether it was made.
    @discardableResult
    private func publish(
        _ projects: Set<String>, unlessChangedSince last: Int? = nil, _ change: (inout StoredApps) -> Void
    ) -> Bool {
        additions.withLock { additions in
            let stored = state.withLock { state -> StoredApps? in
                guard last == nil || last == state.changes else { return nil }
                change(&state.stored)
                state.changes += 1
                return state.stored
            }
            guard let stored else { return false }
            for project in projects {
                (additions.apps[project], additions.webhooks[project]) = stored.additions(to: project)
            }
            directory.replace(with: additions)
            return true
        }
    }

    private func read() async throws(StoreFailure) -> StoredApps {
        try await readAll().stored
    }

    /// What the store has, and what of it an earlier key has sealed. What is unreadable is logged.
    private func readAll() async throws(StoreFailure) -> (
        stored: StoredApps, oldApps: [RegisteredApp], oldWebhooks: [RegisteredWebhook]
    ) {
        var stored = StoredApps()
        var oldApps: [RegisteredApp] = []
        var oldWebhooks: [RegisteredWebhook] = []
        for row in try await store.apps() {
            switch stored.take(row, seal) {
            case .current: break
            case .old: oldApps += [stored.apps[row.project]?[row.id]].compactMap(\.self)
            case .unreadable:
                logger.error(
                    "An app cannot be read with the keys that there are; it is left out", metadata: ["app": "\(row.id)"]
                )
            }
        }
        for row in try await store.webhooks() {
            switch stored.take(row, seal) {
            case .current: break
            case .old: oldWebhooks += [stored.webhooks[row.project]?[row.id]].compactMap(\.self)
            case .unreadable:
                logger.error(
                    "A webhook cannot be read with the keys that there are; it is left out",
                    metadata: ["webhook": "\(row.id)"])
            }
        }
        return (stored, oldApps, oldWebhooks)
    }
}
