import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func apps() async throws(StoreFailure) -> [StoredApp] {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.rows(AppQuery.all) { (row) throws(SQLError) in
                let project = try row.text()
                return StoredApp(id: try row.text(), project: project, createdAt: try row.time(), text: try row.text())
            }
        }
    }

    package func webhooks() async throws(StoreFailure) -> [StoredWebhook] {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.connection.rows(AppQuery.webhooks) { (row) throws(SQLError) in
                let project = try row.text()
                return StoredWebhook(
                    id: try row.text(), project: project, app: try row.text(), createdAt: try row.time(),
                    text: try row.text())
            }
        }
    }

    package func put(_ app: StoredApp, keeping answer: KeptAnswer?) async throws(StoreFailure) -> KeptAnswer? {
        try await put(AppQuery.put, [":text": .text(app.text)], app.id, app.project, app.createdAt, keeping: answer)
    }

    package func put(_ webhook: StoredWebhook, keeping answer: KeptAnswer?) async throws(StoreFailure) -> KeptAnswer? {
        try await put(
            AppQuery.putWebhook, [":text": .text(webhook.text), ":app": .text(webhook.app)], webhook.id,
            webhook.project, webhook.createdAt, keeping: answer)
    }

    package func removeApp(_ id: String, of project: String) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            let connection = transaction.connection
            guard let project = try connection.number(of: .project(project)) else { return false }
            let isRemoved = try connection.run(AppQuery.remove, [":project": .integer(project), ":id": .text(id)]) == 1
            if isRemoved {
                try connection.write(AppQuery.removeWebhooksOf, [":project": .integer(project), ":app": .text(id)])
            }
            transaction.signals.apps = true
            return isRemoved
        }
    }

    package func removeWebhook(_ id: String, of project: String) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            guard let project = try transaction.connection.number(of: .project(project)) else { return false }
            let bindings: Bindings = [":project": .integer(project), ":id": .text(id)]
            transaction.signals.apps = true
            return try transaction.connection.run(AppQuery.removeWebhook, bindings) == 1
        }
    }

    private func put(
        _ query: AppQuery, _ columns: Bindings, _ id: String, _ project: String, _ createdAt: Date,
        keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> KeptAnswer? {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.driver.requireRoom()
            if let kept = try transaction.kept(answer) { return kept }
            let project = try transaction.number(of: .project(project))
            try transaction.connection.write(
                query,
                columns.with([":id": .text(id), ":project": .integer(project), ":created_at": .time(createdAt)]))
            try transaction.keep(answer)
            transaction.signals.apps = true
            return nil
        }
    }
}
