package import FoundationEssentials

/// Apps and webhooks that were made through the API, as opposed to those of the configuration.
///
/// There are few, they change seldom, and every request needs one: they are read once and kept in memory by whoever
/// serves the API.
package protocol AppStore: Sendable {
    /// All of them, the oldest first.
    func apps() async throws(StoreFailure) -> [StoredApp]
    /// All of them, the oldest first.
    func webhooks() async throws(StoreFailure) -> [StoredWebhook]
    /// Keeps a new app, or the new text of one.
    ///
    /// - Parameter answer: kept in the same commit; where its key has an answer already, that comes back and nothing is
    ///   changed. The same holds for all changes below.
    func put(_ app: StoredApp, keeping answer: KeptAnswer?) async throws(StoreFailure) -> KeptAnswer?
    /// Removes an app and its webhooks. What it sent and received stays.
    func removeApp(_ id: String, of project: String) async throws(StoreFailure) -> Bool
    func put(_ webhook: StoredWebhook, keeping answer: KeptAnswer?) async throws(StoreFailure) -> KeptAnswer?
    func removeWebhook(_ id: String, of project: String) async throws(StoreFailure) -> Bool
}

/// An app with a text that only its API reads, because secrets are sealed in it.
package struct StoredApp: Sendable, Equatable, Identifiable {
    /// A ULID.
    package let id: String
    package let project: String
    package let createdAt: Date
    package var text: String

    package init(id: String, project: String, createdAt: Date, text: String) {
        self.id = id
        self.project = project
        self.createdAt = createdAt
        self.text = text
    }
}

/// A webhook with a text that only its API reads, because secrets are sealed in it.
package struct StoredWebhook: Sendable, Equatable, Identifiable {
    /// A ULID.
    package let id: String
    package let project: String
    /// The id of an app, which may be one of the configuration.
    package var app: String
    package let createdAt: Date
    package var text: String

    package init(id: String, project: String, app: String, createdAt: Date, text: String) {
        self.id = id
        self.project = project
        self.app = app
        self.createdAt = createdAt
        self.text = text
    }
}
