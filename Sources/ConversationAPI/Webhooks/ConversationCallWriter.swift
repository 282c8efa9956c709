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
    ) -> [CallTarget] {
        CallbackTarget.all(of: occasion, in: directory, notifiesQueued: settings.notifiesQueued)
            .map { CallTarget($0.name, follows: $0.followed?.name) }
    }

    package func address(of target: String, of owner: Owner) -> String? {
        guard let target = CallbackTarget(target) else { return nil }
        if case .server(let server) = target.place { return server }
        return directory.now.app(owner)?.app.webhook(for: target)?.target
    }

    package func token(for target: String, of owner: Owner) -> TokenRequest? {
        CallbackTarget(target).flatMap { directory.now.app(owner)?.app.webhook(for: $0) }?.credentials.token
    }

    package func callsPerSecond(of owner: Owner) -> Double? { callsPerSecond }

    /// The call to one of the app's webhooks or to the address that the message names; nil where there is no such
    /// webhook any more. An address is called also where the app is gone, and then without a signature.
    package func body(of event: Event, to target: String) async throws -> WebhookCall? {
        guard let target = CallbackTarget(target), case .app(let id, let project) = event.owner,
            let (url, credentials) = receiver(target, for: event)
        else { return nil }
        let body = try callbacks.body(of: event, as: target.kind, of: id, in: project)
        return body.map { WebhookCall(url: url, body: $0, credentials: credentials) }
    }

    private func receiver(
        _ target: CallbackTarget, for event: Event
    ) -> (url: String, CallbackCredentials)? {
        let app = directory.now.app(event.owner)?.app
        guard case .server = target.place else {
            return app?.webhook(for: target).map { ($0.target, $0.credentials) }
        }
        return event.callbackURL.map { ($0, CallbackCredentials(secret: app?.callbackSecret)) }
    }
}

extension Project.App {
    fileprivate func webhook(for target: CallbackTarget) -> Project.Webhook? {
        switch target.place {
        case .webhook(let id): webhooks.first { $0.id == id }
        case .anyWebhook: webhooks.first { $0.triggers.contains(.messageDelivery) }
        case .server: nil
        }
    }
}

extension Event {
    /// The address that what it is about names for its calls.
    fileprivate var callbackURL: String? {
        if case .notice(let notice) = subject { notice.callbackURL } else { batch?.order.callbackURL }
    }
}
