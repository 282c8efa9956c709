/// A customer of the Conversation API: its keys and the apps it sends and receives with.
package struct Project: Sendable {
    package var id: String
    package var accessKeys: [AccessKey]
    package var apps: [App] {
        didSet { places = Self.places(of: apps) }
    }
    /// Calls of the API per second; nil for no limit.
    package var requestsPerSecond: Double?
    /// Where each app stands, by its id: there may be a thousand, and each message needs one.
    private var places: [String: Int]

    package init(id: String, accessKeys: [AccessKey], apps: [App] = []) {
        self.id = id
        self.accessKeys = accessKeys
        self.apps = apps
        places = Self.places(of: apps)
    }

    package func app(_ id: String) -> App? { places[id].map { apps[$0] } }

    private static func places(of apps: [App]) -> [String: Int] {
        Dictionary(apps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

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
