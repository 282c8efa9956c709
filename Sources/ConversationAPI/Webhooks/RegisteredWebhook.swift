import CustomerServing
import FoundationEssentials
import GatewayCore

/// A webhook of a project as it is in force.
struct RegisteredWebhook: Equatable, Sendable, Identifiable {
    let id: String
    let project: String
    var settings: AppWebhook
    /// Nil for a webhook of the configuration, which the API does not change.
    let createdAt: Date?

    var isConfigured: Bool { createdAt == nil }
}

extension RegisteredWebhook {
    /// A webhook of the configuration.
    init(_ webhook: Project.Webhook, of app: String, in project: String) {
        id = webhook.id
        self.project = project
        createdAt = nil
        settings = AppWebhook(
            appID: app, target: webhook.target, targetType: .http, secret: webhook.credentials.secret,
            triggers: webhook.triggers, credentials: webhook.credentials.token.map { ClientCredentials($0) })
    }

    /// As the directory has a webhook that was made through the API; nil for one that is never called.
    var directoryWebhook: Project.Webhook? {
        guard settings.targetType == .http else { return nil }
        var webhook = Project.Webhook(id: id, target: settings.target, triggers: settings.triggers)
        webhook.credentials.secret = settings.secret
        webhook.credentials.token = settings.credentials.map { TokenRequest($0) }
        webhook.isConfigured = false
        return webhook
    }
}

extension ClientCredentials {
    fileprivate init(_ request: TokenRequest) {
        self.init(
            clientID: request.clientID, clientSecret: request.clientSecret, endpoint: request.endpoint,
            scope: request.scope, responseType: request.responseType, requestType: request.isForm ? .form : .basic)
    }
}

extension TokenRequest {
    fileprivate init(_ credentials: ClientCredentials) {
        self.init(
            endpoint: credentials.endpoint, clientID: credentials.clientID, clientSecret: credentials.clientSecret)
        scope = credentials.scope
        responseType = credentials.responseType
        isForm = credentials.requestType == .form
    }
}
