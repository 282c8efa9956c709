import CustomerServing
import GatewayCore

/// An address that an app is notified at, and what of.
struct AppWebhook: Equatable, Sendable {
    let appID: String
    let target: String
    let targetType: TargetType
    /// Signs calls; nil: they are not signed.
    let secret: Secret?
    /// In the order given.
    let triggers: [Project.Trigger]
    /// What a token for the target is fetched with.
    let credentials: ClientCredentials?

    enum TargetType: String, CaseIterable, Sendable {
        case http = "HTTP"
        /// Nothing is sent.
        case dismiss = "DISMISS"
    }

    static let memberNames = [
        "app_id", "target", "target_type", "secret", "triggers", "client_credentials",
    ]
    static let longestSecret = 1024
    private static let longestTarget = 742
}

extension AppWebhook: RequestBody {
    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let target = members.requiredURL("target")
        if let target, target.utf16.count > Self.longestTarget {
            members.fault(at: "target", "has \(target.utf16.count) characters, the limit is \(Self.longestTarget)")
        }
        if let target, WebServer(of: target).description.hasSuffix(".api.sinch.com:443") {
            members.fault(at: "target", "must not be the API's own host")
        }
        targetType = members.word("target_type") ?? .dismiss
        secret = members.text("secret", atMost: Self.longestSecret).nonEmpty.map { Secret($0) }
        if secret?.reveal() == Mask.text { members.fault(at: "secret", Mask.problem) }
        triggers = members.words("triggers") ?? []
        credentials = members.value("client_credentials")
        guard let appID, let target else { return nil }
        self.appID = appID
        self.target = target
    }

    /// As the store keeps it, to be sealed.
    var stored: JSONValue { json(credentials: credentials?.json) }

    /// As the API prints it. Its own secret is in clear, as the vendor's API has it: a receiver checks signatures by it.
    func printed(id: String) -> JSONValue {
        var printed: JSONValue = ["id": .string(id)]
        printed.members += json(credentials: credentials?.json.masked).members
        return printed
    }

    private func json(credentials: JSONValue?) -> JSONValue {
        var json: JSONValue = [
            "app_id": .string(appID), "target": .string(target), "target_type": .string(targetType.rawValue),
        ]
        json["secret"] = secret.map { .string($0.reveal()) }
        json["triggers"] = .array(triggers.map { .string($0.rawValue) })
        json["client_credentials"] = credentials
        return json
    }

    /// The webhook after an update.
    ///
    /// - Throws: for what the update makes of it that no webhook may be.
    func updated(by body: JSONValue, _ mask: UpdateMask) throws(InvalidRequest) -> AppWebhook {
        var json = try mask.applying(body, to: stored, changing: Self.memberNames).withSigningSecrets(of: stored)
        if let given = json["client_credentials"], let old = credentials {
            json["client_credentials"] = given.unmasked(from: old.json)
        }
        return try AppWebhook(json)
    }
}

extension AppWebhook {
    /// Webhooks that an app has at most.
    static let limit = 5

    /// Why an app cannot have it beside its others; nil where it can.
    ///
    /// - Parameter others: those of the app without this one.
    func refusal(beside others: [AppWebhook]) -> ConversationError? {
        if others.contains(where: { $0.target.isExactly(target) }) {
            return ConversationError(InvalidRequest(.violation(at: "target", "is another webhook's of the app")))
        }
        guard others.count < Self.limit else {
            return ConversationError(.failedPrecondition, "The app has \(Self.limit) webhooks, which is the limit")
        }
        return nil
    }
}
