import GatewayCore

/// A store of apps that a test looks into, and that fails when the test says so.
actor MemoryAppStore: AppStore {
    private(set) var appRows: [StoredApp]
    private(set) var webhookRows: [StoredWebhook]
    private(set) var reads = 0
    /// What comes of the next change; the change is made all the same where nobody knows.
    private var failure: StoreFailure?

    init(apps: [StoredApp] = [], webhooks: [StoredWebhook] = []) {
        appRows = apps
        webhookRows = webhooks
    }

    func fail(_ failure: StoreFailure) { self.failure = failure }

    func apps() -> [StoredApp] {
        reads += 1
        return appRows
    }

    func webhooks() -> [StoredWebhook] { webhookRows }

    func put(_ app: StoredApp, keeping answer: KeptAnswer?) throws(StoreFailure) -> KeptAnswer? {
        try change { $0.appRows = $0.appRows.filter { $0.id != app.id } + [app] }
        return nil
    }

    func put(_ webhook: StoredWebhook, keeping answer: KeptAnswer?) throws(StoreFailure) -> KeptAnswer? {
        try change { $0.webhookRows = $0.webhookRows.filter { $0.id != webhook.id } + [webhook] }
        return nil
    }

    func removeApp(_ id: String, of project: String) throws(StoreFailure) -> Bool {
        try change { store in
            store.appRows.removeAll { $0.id == id }
            store.webhookRows.removeAll { $0.app == id }
        }
        return true
    }

    func removeWebhook(_ id: String, of project: String) throws(StoreFailure) -> Bool {
        try change { $0.webhookRows.removeAll { $0.id == id } }
        return true
    }

    private func change(_ change: (isolated MemoryAppStore) -> Void) throws(StoreFailure) {
        defer { failure = nil }
        if case .uncertain? = failure { change(self) }
        if let failure { throw failure }
        change(self)
    }
}
