import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

extension Project {
    /// What is written down for each app that has a webhook which asks to hear of it.
    func notices(of event: Callback.Event, at now: Date) -> [Notice] {
        apps.compactMap { notice(of: event, to: $0, at: now) }
    }

    /// What is written down for one app; nil where the project does not have it, or nobody is to hear of it.
    ///
    /// - Parameters:
    ///   - callbackURL: in the place of the app's webhooks.
    ///   - correlationID: nil for a callback without such a member.
    func notice(
        of event: Callback.Event, toApp id: String, callbackURL: String? = nil, correlationID: String? = "",
        at now: Date
    ) -> Notice? {
        app(id).flatMap {
            notice(of: event, to: $0, callbackURL: callbackURL, correlationID: correlationID, at: now)
        }
    }

    private func notice(
        of event: Callback.Event, to app: App, callbackURL: String? = nil, correlationID: String? = "", at now: Date
    ) -> Notice? {
        guard callbackURL != nil || app.webhooks.contains(where: { $0.triggers.contains(event.trigger) }) else {
            return nil
        }
        let time = Timestamp(now)
        let callback = Callback(
            appID: app.id, projectID: id, acceptedTime: time, eventTime: time, correlationID: correlationID,
            event: event)
        return Notice(
            event.trigger.rawValue, text: String(decoding: JSONText.bytes(of: callback), as: UTF8.self),
            of: .app(app.id, project: id), callbackURL: callbackURL)
    }
}
