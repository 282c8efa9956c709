import GatewayCore

extension CallbackTarget {
    /// Whom an app's event goes to. What came in has named its own targets when it was read.
    ///
    /// - Parameter notifiesQueued: whether receipts say that an MMSC has taken a message.
    static func all(
        of occasion: Event.Occasion, in directory: Directory, notifiesQueued: Bool
    ) -> [CallbackTarget] {
        guard let webhooks = directory.app(occasion.owner)?.app.webhooks else { return waiting(occasion) }
        switch occasion.kind {
        case .message(let state):
            var targets: [CallbackTarget] = []
            if state.isHandedOver { targets += all(.submit, for: .messageSubmit, of: webhooks) }
            if state.isFinal || notifiesQueued && state.isHandedOver {
                targets += all(.delivery, for: .messageDelivery, of: webhooks, at: occasion.batchTarget)
            }
            return targets
        case .notice(let name):
            guard let trigger = Project.Trigger(rawValue: name) else { return [] }
            return all(.notice(name), for: trigger, of: webhooks, at: occasion.batchTarget)
        case .end, .inbound: return []
        }
    }

    /// Whom the end of a message goes to whose app is not there: its own address, or the app when it is back.
    private static func waiting(_ occasion: Event.Occasion) -> [CallbackTarget] {
        guard case .message(let state) = occasion.kind, state.isFinal else { return [] }
        let server = occasion.batchTarget
        return [CallbackTarget(.delivery, at: server.isEmpty ? .anyWebhook : .server(server))]
    }

    /// Whom one of the messages that came in goes to.
    static func all(of number: Int, _ part: ReceivedMessage.Part, of app: Project.App) -> [CallbackTarget] {
        let told = all(.inbound(number), for: .messageInbound, of: app.webhooks)
        guard !part.content.isSupported else { return told }
        return told + all(.unsupported(number), for: .unsupported, of: app.webhooks)
    }

    /// - Parameter server: that of an address which takes the place of all webhooks; empty for none.
    private static func all(
        _ kind: Kind, for trigger: Project.Trigger, of webhooks: [Project.Webhook], at server: String = ""
    ) -> [CallbackTarget] {
        guard server.isEmpty else { return [CallbackTarget(kind, at: .server(server))] }
        return webhooks.filter { $0.triggers.contains(trigger) }.map { CallbackTarget(kind, at: .webhook($0.id)) }
    }
}

extension Directory {
    /// The app that an owner is at this moment, and its project; nil for another owner, and where there is no such app
    /// any more.
    func app(_ owner: Owner) -> (app: Project.App, project: Project)? {
        guard case .app(let id, let project) = owner, let project = projects[project], let app = project.app(id) else {
            return nil
        }
        return (app, project)
    }
}
