import ConfigurationReading
import GatewayCore

extension ConfigurationReader {
    /// The customers of the Conversation API.
    func projects(_ credentials: ChannelCredentials) -> [Project] {
        var projects: [String: ConfigurationPath] = [:]
        var keys: [String: ConfigurationPath] = [:]
        var appIDs: [String: ConfigurationPath] = [:]
        var numbers: [String: ConfigurationPath] = [:]
        return objects("projects") { reader in
            let id = reader.uniqueName("id", in: &projects, "give each project its own")
            let accessKeys = reader.objects("access_keys", atLeast: 1) { reader in
                // The call for a bearer token names the key alone, so the key has to identify the project.
                let id = reader.uniqueName("id", in: &keys, "give each access key its own")
                return Project.AccessKey(id: id, secret: reader.required("secret", .secret) ?? Secret(""))
            }
            let apps = reader.objects("apps") { $0.app(credentials, ids: &appIDs, numbers: &numbers) }
            var project = Project(id: id, accessKeys: accessKeys, apps: apps)
            reader.read("requests_per_second", .number(0.01...1_000_000), into: &project.requestsPerSecond)
            return project
        }
    }

    private func app(
        _ credentials: ChannelCredentials, ids: inout [String: ConfigurationPath],
        numbers: inout [String: ConfigurationPath]
    ) -> Project.App {
        var app = Project.App(id: uniqueName("id", in: &ids, "give each app its own"))
        read("display_name", .text(upTo: 256), into: &app.displayName)
        read("account", .text, into: &app.account)
        let account = app.account.flatMap { credentials.account($0, for: self) }
        app.defaultSender = account?.defaultSender
        app.numbers = list("numbers", of: .number) { number, path in
            claim(number, at: path, in: &numbers, "an inbound message goes to one app, so keep one")
        }
        read("processing_mode", .word(), into: &app.processingMode)
        read("callback_secret", .secret, into: &app.callbackSecret)
        var targets: [String: ConfigurationPath] = [:]
        app.webhooks = objects("webhooks") { $0.webhook(of: app.id, targets: &targets) }
        // The vendor's own limit, and the reason why the calls of one event stay few.
        if app.webhooks.count > 5 { fault("webhooks", "must have at most 5 entries, not \(app.webhooks.count)") }
        return app
    }

    private func webhook(of app: String, targets: inout [String: ConfigurationPath]) -> Project.Webhook {
        let target = required("target", .webURL(upTo: 742)) ?? ""
        if !target.isEmpty {
            claim(target, at: path.member("target"), in: &targets, "put all triggers into one webhook")
        }
        var webhook = Project.Webhook(
            id: ULID(hashing: "\(app)\n\(target)").description, target: target,
            triggers: list("triggers", of: .word(), atLeast: 1))
        read("secret", .secret, into: &webhook.credentials.secret)
        webhook.credentials.token = optionalObject("client_credentials") { $0.tokenRequest() }
        return webhook
    }

    /// What an access token for a webhook's target is fetched with.
    private func tokenRequest() -> TokenRequest {
        let id = required("client_id", .text)
        let secret = required("client_secret", .secret)
        let endpoint = required("endpoint", .webURL())
        var request = TokenRequest(endpoint: endpoint ?? "", clientID: id ?? "", clientSecret: secret ?? Secret(""))
        read("scope", .text(upTo: 1024), into: &request.scope)
        read("response_type", .text(upTo: 64), into: &request.responseType)
        var form = TokenRequestForm.basic
        read("token_request_type", .word(), into: &form)
        request.isForm = form == .form
        return request
    }
}

/// Where a request for an access token has its id and secret.
private enum TokenRequestForm: String, CaseIterable {
    /// In its header, as HTTP Basic.
    case basic = "BASIC"
    /// In its body.
    case form = "FORM"
}
