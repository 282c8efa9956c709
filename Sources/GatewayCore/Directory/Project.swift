/// A customer of the Conversation API: its keys and the apps it sends and receives with.
package struct Project: Sendable {
    package var id: String
    package var accessKeys: [AccessKey]
    package var apps: [App]
    /// Calls of the API per second; nil for no limit.
    package var requestsPerSecond: Double?

    package init(id: String, accessKeys: [AccessKey], apps: [App] = []) {
        self.id = id
        self.accessKeys = accessKeys
        self.apps = apps
    }

    package func app(_ id: String) -> App? { apps.first { $0.id == id } }

    /// The user and password of HTTP Basic, and of the call that gets a bearer token.
    package struct AccessKey: Sendable {
        package var id: String
        package var secret: Secret

        package init(id: String, secret: Secret) {
            self.id = id
            self.secret = secret
        }
    }
}
