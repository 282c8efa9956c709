import CustomerServing
import FoundationEssentials
import GatewayCore

/// An app of a project as it is in force.
struct RegisteredApp: Equatable, Sendable, Identifiable {
    let id: String
    let project: String
    var settings: App
    /// Nil for an app of the configuration, which the API does not change.
    let createdAt: Date?
    /// When an update has given it the sender that it has; nil where it always had that one.
    var senderSince: Date?

    var isConfigured: Bool { createdAt == nil }

    var owner: Owner { .app(id, project: project) }

    var mode: ProcessingMode { settings.mode }

    /// The sender of a message that names none.
    var defaultSender: Originator? { settings.mms?.defaultSender }
}

extension RegisteredApp {
    /// An app as an update makes it.
    func updated(with settings: App, now: Date) -> RegisteredApp {
        var app = self
        app.settings = settings
        if app.defaultSender != defaultSender { app.senderSince = now }
        return app
    }

    /// As the store keeps it: with secrets in clear, to be sealed.
    var stored: JSONValue {
        var json = settings.stored
        json[Self.sinceName] = senderSince.map { .number("\($0.milliseconds)") }
        return json
    }

    /// - Parameter json: what `stored` was.
    static func senderSince(in json: JSONValue) -> Date? {
        guard case .number(let digits)? = json[sinceName] else { return nil }
        return Int64(digits).map { Date(milliseconds: $0) }
    }

    private static let sinceName = "default_sender_since"

    /// An app of the configuration.
    init(_ app: Project.App, of project: String) {
        id = app.id
        self.project = project
        createdAt = nil
        settings = App(
            displayName: app.displayName ?? app.id, credentials: [ChannelCredentials(app)].compactMap(\.self),
            mode: app.processingMode, metadataView: .none, retention: App.Retention(app.retention),
            dispatchRetention: App.Retention(app.dispatchRetention), callbackSecret: app.callbackSecret,
            retrySeconds: 3600, fallback: App.Fallback(), others: [])
    }

    /// As the directory has an app that was made through the API: it receives what is sent to its sender's number.
    var directoryApp: Project.App {
        let sender = defaultSender
        let number = sender.map(\.text).flatMap { text in
            text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
        }
        var app = Project.App(id: id, defaultSender: sender, numbers: number.map { [$0] } ?? [])
        app.numbersSince = senderSince ?? createdAt ?? .distantPast
        app.displayName = settings.displayName
        app.account = settings.mms?.accountID
        app.ownAccount = settings.mms.map { MMSAccount(id: $0.accountID, vaspID: $0.apiKey, login: $0.login) }
        app.otherChannels = settings.credentials.map(\.channel).filter { $0 != .mms }.map(\.rawValue)
        app.processingMode = mode
        app.retention = settings.retention.duration
        app.dispatchRetention = settings.dispatchRetention.duration ?? .zero
        app.callbackSecret = settings.callbackSecret
        app.isConfigured = false
        return app
    }
}

extension App.Retention {
    /// - Parameter duration: nil for ever. A part of a day counts as one.
    fileprivate init(_ duration: Duration?) {
        let days = duration.map { Int(($0.components.seconds + 86399) / 86400) }
        self.init(kind: days == nil ? .persist : .message, days: days ?? Self.standard.days)
    }

    /// Nil for ever.
    fileprivate var duration: Duration? {
        switch kind {
        case .message, .conversation: .seconds(days * 86400)
        case .persist: nil
        }
    }
}

extension ChannelCredentials {
    /// Those of an app of the configuration, whose secrets are the operator's and known to nobody here; nil where it
    /// has none.
    fileprivate init?(_ app: Project.App) {
        guard let account = app.account else { return nil }
        var mms: JSONValue = ["account_id": .string(account), "api_key": .string(Mask.text)]
        mms["default_sender"] = app.defaultSender.map { .string($0.text) }
        self.init(
            channel: .mms, json: ["channel": .string(Channel.mms.rawValue), "mms_credentials": mms],
            mms: MMSCredentials(
                accountID: account, apiKey: Secret(Mask.text), defaultSender: app.defaultSender, login: nil))
    }
}
