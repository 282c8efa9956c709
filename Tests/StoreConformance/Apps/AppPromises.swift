import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps the apps and webhooks that were made through the API.
enum AppPromises {
    static let all = Promise.list("A store keeps apps and webhooks") {
        Promise("it has none at first") { scene in
            let (apps, webhooks) = (try await scene.store.apps(), try await scene.store.webhooks())

            #expect(apps == [])
            #expect(webhooks == [])
        }
        Promise("they are read as they were given, the oldest first, those of all projects") { scene in
            let second = scene.app("A2", of: "p2", at: 2)
            let first = scene.app("A1", at: 1)
            let third = scene.app("A0", at: 3)
            for app in [second, first, third] { _ = try await scene.store.put(app, keeping: nil) }
            let late = scene.webhook("W1", of: "A1", at: 5)
            let early = scene.webhook("W2", of: "configured", at: 4)
            for webhook in [late, early] { _ = try await scene.store.put(webhook, keeping: nil) }

            #expect(try await scene.store.apps() == [first, second, third])
            #expect(try await scene.store.webhooks() == [early, late])
        }
        Promise("what is put again takes the place of the first, also after a restart") { scene in
            var app = scene.app("A1")
            var webhook = scene.webhook("W1", of: "A1")
            _ = try await scene.store.put(app, keeping: nil)
            _ = try await scene.store.put(webhook, keeping: nil)
            app.text = "another"
            webhook.text = "another"
            webhook.app = "A2"

            _ = try await scene.store.put(app, keeping: nil)
            _ = try await scene.store.put(webhook, keeping: nil)

            let next = try await scene.reopened()
            #expect(try await next.store.apps() == [app])
            #expect(try await next.store.webhooks() == [webhook])
            await next.store.close()
        }
        Promise("an app takes its webhooks with it, and leaves those of others") { scene in
            for app in [scene.app("A1"), scene.app("A2"), scene.app("A1", of: "p2")] {
                _ = try await scene.store.put(app, keeping: nil)
            }
            let others = [scene.webhook("W2", of: "A2"), scene.webhook("W3", of: "A1", in: "p2")]
            for webhook in others + [scene.webhook("W1", of: "A1")] {
                _ = try await scene.store.put(webhook, keeping: nil)
            }

            #expect(try await scene.store.removeApp("A1", of: "p1"))

            #expect(Set(try await scene.store.apps().map(\.project)) == ["p1", "p2"])
            #expect(try await scene.store.apps().count == 2)
            #expect(try await scene.store.webhooks() == others)
            #expect(try await !scene.store.removeApp("A1", of: "p1"), "it is gone")
        }
        Promise("a webhook is removed alone") { scene in
            _ = try await scene.store.put(scene.app("A1"), keeping: nil)
            _ = try await scene.store.put(scene.webhook("W1", of: "A1"), keeping: nil)

            #expect(try await scene.store.removeWebhook("W1", of: "p1"))

            #expect(try await scene.store.webhooks() == [])
            #expect(try await scene.store.apps().count == 1)
            #expect(try await !scene.store.removeWebhook("W1", of: "p1"), "it is gone")
        }
        Promise("nothing is removed by another project, or where the id is unknown") { scene in
            _ = try await scene.store.put(scene.app("A1"), keeping: nil)
            _ = try await scene.store.put(scene.webhook("W1", of: "A1"), keeping: nil)

            #expect(try await !scene.store.removeApp("A1", of: "p2"))
            #expect(try await !scene.store.removeWebhook("W1", of: "p2"))
            #expect(try await !scene.store.removeApp("A9", of: "p1"))
            #expect(try await !scene.store.removeWebhook("W9", of: "p1"))

            #expect(try await scene.store.apps().count == 1)
            #expect(try await scene.store.webhooks().count == 1)
        }
        Promise("a repeated request gets the first answer and changes nothing") { scene in
            let (first, second) = (scene.answer("k", "1"), scene.answer("k", "2"))
            let isNew = try await scene.store.put(scene.app("A1"), keeping: first) == nil

            #expect(isNew)
            #expect(try await scene.store.put(scene.app("A2"), keeping: second) == first)
            #expect(try await scene.store.put(scene.webhook("W1", of: "A1"), keeping: second) == first)

            #expect(try await scene.store.apps().map(\.id) == ["A1"])
            #expect(try await scene.store.webhooks() == [])
            #expect(try await scene.store.keptAnswer(to: "k", of: .project("p1"), now: .start) == first)
        }
    }
}

extension Scene {
    fileprivate func app(_ id: String, of project: String = "p1", at second: Int = 0) -> StoredApp {
        StoredApp(id: id, project: project, createdAt: .start + .seconds(second), text: "{\"id\":\"\(id)\"}")
    }

    fileprivate func webhook(
        _ id: String, of app: String, in project: String = "p1", at second: Int = 0
    ) -> StoredWebhook {
        StoredWebhook(
            id: id, project: project, app: app, createdAt: .start + .seconds(second), text: "{\"id\":\"\(id)\"}")
    }

    /// The answer to a request of the project `p1`.
    func answer(_ key: String, _ request: String = "r") -> KeptAnswer {
        KeptAnswer(
            owner: .project("p1"), key: key, request: request, status: 200, body: Array("{}".utf8), at: .start)
    }
}
