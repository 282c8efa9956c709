package import GatewayCore

/// Words and addresses of this API's callbacks.
package struct ConversationCallWriter: CallWriter {
    private let directory: CurrentDirectory
    private let callbacks: CallbackWriter
    private let callsPerSecond: Double

    /// - Parameters:
    ///   - links: to the media of what came in.
    ///   - callsPerSecond: to all webhooks of one app together.
    package init(
        directory: CurrentDirectory, links: any MediaLinks, clock: any DomainClock, callsPerSecond: Double
    ) {
        self.directory = directory
        callbacks = CallbackWriter(links: links, clock: clock)
        self.callsPerSecond = callsPerSecond
    }

    /// See `CallTargets`.
    package static func targets(
        of occasion: Event.Occasion, in directory: Directory, settings: ConversationAPI.Settings
    ) -> [String] {
        CallbackTarget.all(of: occasion, in: directory, notifiesQueued: settings.notifiesQueued).map(\.name)
    }

    package func address(of target: String, of owner: Owner) -> String? {
        guard let place = CallbackTarget(target)?.place, let app = directory.now.app(owner)?.app else { return nil }
        switch place {
        case .webhook(let id): return app.webhook(id)?.target
        case .server(let server): return server
        }
    }

    package func token(for target: String, of owner: Owner) -> TokenRequest? {
        guard case .webhook(let id)? = CallbackTarget(target)?.place else { return nil }
        return directory.now.app(owner)?.app.webhook(id)?.credentials.token
    }

    package func callsPerSecond(of owner: Owner) -> Double? { callsPerSecond }

    /// The call to one of the app's webhooks or to the address that the message names; nil where there is no such
    /// webhook or app any more.
    package func body(of event: Event, to target: String) async throws -> WebhookCall? {
        guard let target = CallbackTarget(target), let (app, project) = directory.now.app(event.owner),
            let (url, credentials) = receiver(target.place, of: app, for: event)
        else { return nil }
        let body = try callbacks.body(of: event, as: target.kind, of: app.id, in: project.id)
        return body.map { WebhookCall(url: url, body: $0, credentials: credentials) }
    }

    private func receiver(
        _ place: CallbackTarget.Place, of app: Project.App, for event: Event
    ) -> (url: String, CallbackCredentials)? {
        switch place {
        case .webhook(let id): app.webhook(id).map { ($0.target, $0.credentials) }
        case .server: event.callbackURL.map { ($0, CallbackCredentials(secret: app.callbackSecret)) }
        }
    }
}

extension Project.App {
    fileprivate func webhook(_ id: String) -> Project.Webhook? { webhooks.first { $0.id == id } }
}

extension Event {
    /// The address that what it is about names for its calls.
    fileprivate var callbackURL: String? {
        if case .notice(let notice) = subject { notice.callbackURL } else { batch?.order.callbackURL }
    }
}
