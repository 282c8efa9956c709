import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

extension Project {
    /// What is written down for each app that has a webhook which asks to hear of it.
    func notices(of event: Callback.Event, at now: Date) -> [Notice] {
        apps.compactMap { notice(of: event, to: $0, at: now) }
    }

    /// What is written down for one app; nil where the project does not have it, or none of its webhooks asks.
    func notice(of event: Callback.Event, toApp id: String, at now: Date) -> Notice? {
        app(id).flatMap { notice(of: event, to: $0, at: now) }
    }

    private func notice(of event: Callback.Event, to app: App, at now: Date) -> Notice? {
        guard app.webhooks.contains(where: { $0.triggers.contains(event.trigger) }) else { return nil }
        let time = Timestamp(now)
        let callback = Callback(appID: app.id, projectID: id, acceptedTime: time, eventTime: time, event: event)
        return Notice(
            event.trigger.rawValue, text: String(decoding: JSONText.bytes(of: callback), as: UTF8.self),
            of: .app(app.id, project: id))
    }
}
