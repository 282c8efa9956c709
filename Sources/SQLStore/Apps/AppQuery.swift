/// Statements for apps and webhooks that were made through the API.
enum AppQuery: Int, Query {
    case all, webhooks, put, putWebhook, remove, removeWebhook, removeWebhooksOf

    var sql: String {
        switch self {
        case .all:
            """
            SELECT owner.name, app.id, app.created_at, app.text
            FROM app
            JOIN owner ON owner.id = app.project
            ORDER BY app.created_at, app.id
            """
        case .webhooks:
            """
            SELECT owner.name, webhook.id, webhook.app, webhook.created_at, webhook.text
            FROM webhook
            JOIN owner ON owner.id = webhook.project
            ORDER BY webhook.created_at, webhook.id
            """
        case .put:
            """
            INSERT INTO app (id, project, created_at, text)
            VALUES (:id, :project, :created_at, :text)
            ON CONFLICT (project, id) DO UPDATE
            SET text = excluded.text
            """
        case .putWebhook:
            """
            INSERT INTO webhook (id, project, app, created_at, text)
            VALUES (:id, :project, :app, :created_at, :text)
            ON CONFLICT (project, id) DO UPDATE
            SET app = excluded.app, text = excluded.text
            """
        case .remove:
            "DELETE FROM app WHERE project = :project AND id = :id"
        case .removeWebhook:
            "DELETE FROM webhook WHERE project = :project AND id = :id"
        case .removeWebhooksOf:
            "DELETE FROM webhook WHERE project = :project AND app = :app"
        }
    }
}
