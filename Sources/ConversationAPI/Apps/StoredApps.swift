import FoundationEssentials
import GatewayCore

/// The apps and webhooks that were made through the API, opened and decoded.
struct StoredApps: Sendable {
    /// By project and id.
    var apps: [String: [String: RegisteredApp]] = [:]
    var webhooks: [String: [String: RegisteredWebhook]] = [:]

    /// How a row was found to be.
    enum Finding {
        case current
        /// An earlier key has sealed it.
        case old
        /// No key opens it, or what is in it is none.
        case unreadable
    }

    /// Takes an app as the store has it, unless it is unreadable.
    mutating func take(_ row: StoredApp, _ seal: AppSeal) -> Finding {
        guard
            let (settings, json, finding): (App, JSONValue, Finding) = Self.read(
                row.text, of: .app(row.id, project: row.project), seal)
        else { return .unreadable }
        apps[row.project, default: [:]][row.id] = RegisteredApp(
            id: row.id, project: row.project, settings: settings, createdAt: row.createdAt,
            senderSince: RegisteredApp.senderSince(in: json))
        return finding
    }

    mutating func take(_ row: StoredWebhook, _ seal: AppSeal) -> Finding {
        guard
            let (settings, _, finding): (AppWebhook, JSONValue, Finding) = Self.read(
                row.text, of: .webhook(row.id, project: row.project), seal)
        else { return .unreadable }
        webhooks[row.project, default: [:]][row.id] = RegisteredWebhook(
            id: row.id, project: row.project, settings: settings, createdAt: row.createdAt)
        return finding
    }

    /// Takes what others have of a project in the place of what is here.
    mutating func take(_ project: String, from other: StoredApps) {
        apps[project] = other.apps[project]
        webhooks[project] = other.webhooks[project]
    }

    mutating func removeApp(_ id: String, of project: String) {
        apps[project]?[id] = nil
        webhooks[project] = webhooks[project]?.filter { $0.value.settings.appID != id }
    }

    /// Ids of projects, in no order.
    var projects: Set<String> { Set(apps.keys).union(webhooks.keys) }

    /// What the directory has of them, the oldest first: that of the smallest ULID.
    func additions(to project: String) -> (apps: [Project.App], webhooks: [String: [Project.Webhook]]) {
        let apps = (apps[project] ?? [:]).values.sorted { $0.id < $1.id }
        let webhooks = (webhooks[project] ?? [:]).values.sorted { $0.id < $1.id }
        return (
            apps.map(\.directoryApp),
            Dictionary(grouping: webhooks) { $0.settings.appID }.mapValues { $0.compactMap(\.directoryWebhook) }
        )
    }

    private static func read<Value: RequestBody>(
        _ text: String, of subject: AppSeal.Subject, _ seal: AppSeal
    ) -> (Value, JSONValue, Finding)? {
        guard let (opened, isCurrent) = seal.open(text, of: subject), let json = JSONValue(text: opened) else {
            return nil
        }
        do throws(InvalidRequest) {
            return (try Value(json), json, isCurrent ? .current : .old)
        } catch {
            return nil
        }
    }
}
