import GatewayCore
import HTTPTypes
import Testing

@testable import ConversationAPI

@Suite("The routes of webhooks", .timeLimit(.minutes(5)))
struct WebhookRoutesTests {
    @Test("a webhook is made, read and listed with its app, and called from then on")
    func made() async throws {
        try await AppFace.run { face in
            let app = try await face.makeApp()
            let id = try await face.makeWebhook(of: app)

            let read = try await face.send(.get, "webhooks/\(id)")
            let list = try await face.send(.get, "apps/\(app)/webhooks")

            var expected = try Fixture.json("resources/webhook")
            (expected["id"], expected["app_id"]) = (.string(id), .string(app))
            #expect(read.body == expected)
            #expect(list.body == ["webhooks": [expected]])
            let known = face.directory.now.projects[Bakery.project]?.app(app)?.webhooks
            #expect(known?.map(\.triggers) == [[.messageInbound, .messageDelivery, .unsupported]])
        }
    }

    @Test("an app of the configuration gets more webhooks through the API")
    func ofConfiguredApp() async throws {
        try await AppFace.run { face in
            let id = try await face.makeWebhook(of: AppFace.configuredApp)

            let list = try await face.send(.get, "apps/\(AppFace.configuredApp)/webhooks")

            #expect(list.body.list("webhooks").map { $0.text(at: "id") } == [AppFace.configuredWebhook, id])
        }
    }

    @Test("a webhook of the configuration is read and not changed")
    func configured() async throws {
        try await AppFace.run { face in
            let path = "webhooks/\(AppFace.configuredWebhook)"
            #expect(try await face.send(.get, path).body.text(at: "target") == "https://file.example/hook")

            for method in [HTTPRequest.Method.patch, .delete] {
                let answer = try await face.send(method, path, [:])
                #expect(answer.body.text(at: "error", "status") == "FAILED_PRECONDITION")
            }
        }
    }

    @Test("an update may move it to another app, where its target has to be new")
    func moved() async throws {
        try await AppFace.run { face in
            let (first, second) = (try await face.makeApp("One"), try await face.makeApp("Two"))
            let id = try await face.makeWebhook(of: first)

            let moved = try await face.send(.patch, "webhooks/\(id)", ["app_id": .string(second)])
            #expect(moved.status == 200)
            #expect(face.directory.now.projects[Bakery.project]?.app(first)?.webhooks.count == 0)
            #expect(face.directory.now.projects[Bakery.project]?.app(second)?.webhooks.count == 1)

            _ = try await face.makeWebhook(of: first)
            let back = try await face.send(.patch, "webhooks/\(id)", ["app_id": .string(first)])
            #expect(back.body.text(at: "error", "message")?.contains("another webhook's of the app") == true)
        }
    }

    @Test("an app has five webhooks at most, each with its own target")
    func limit() async throws {
        try await AppFace.run { face in
            let app = try await face.makeApp()
            for number in 1...AppWebhook.limit {
                _ = try await face.makeWebhook(of: app, target: "https://bakery.example/\(number)")
            }

            await #expect(throws: NotMade.self) { try await face.makeWebhook(of: app) }
            await #expect(throws: NotMade.self) {
                try await face.makeWebhook(of: app, target: "https://bakery.example/1")
            }
            #expect(face.registry.webhooks(ofApp: app, in: Bakery.project).count == AppWebhook.limit)
        }
    }

    @Test("there is no webhook of an app that the project does not have")
    func noApp() async throws {
        try await AppFace.run { face in
            let other = try await face.makeApp(of: AppFace.otherProject)
            var body = try Fixture.json("requests/webhook-create")

            for app in [Bakery.app, other] {
                body["app_id"] = .string(app)
                #expect(try await face.send(.post, "webhooks", body).status == 404)
            }
        }
    }

    @Test("a post to the app's path is not how a webhook is made")
    func wrongPath() async throws {
        try await AppFace.run { face in
            let answer = try await face.send(.post, "apps/\(AppFace.configuredApp)/webhooks", [:])

            #expect(answer.status == 501)
            #expect(answer.body.text(at: "error", "status") == "UNIMPLEMENTED")
        }
    }

    @Test("a secret of client credentials is masked, and a mask that comes back keeps it")
    func clientCredentials() async throws {
        try await AppFace.run { face in
            let app = try await face.makeApp()
            let id = try await face.makeWebhook(of: app)
            let credentials: JSONValue = [
                "client_id": "us", "client_secret": "quiet", "endpoint": "https://auth.example/token",
            ]
            let given = try await face.send(.patch, "webhooks/\(id)", ["client_credentials": credentials]).body
            #expect(!given.text.contains("quiet"))

            #expect(try await face.send(.patch, "webhooks/\(id)", given).status == 200)

            let known = face.directory.now.projects[Bakery.project]?.app(app)?.webhooks.first?.credentials.token
            #expect(known?.clientSecret == Secret("quiet"))
        }
    }

    @Test("a webhook that is deleted is gone; another project's was never there")
    func deleted() async throws {
        try await AppFace.run { face in
            let app = try await face.makeApp()
            let id = try await face.makeWebhook(of: app)

            #expect(try await face.send(.delete, "webhooks/\(id)", of: AppFace.otherProject).status == 404)
            #expect(try await face.send(.delete, "webhooks/\(id)").body == [:])

            #expect(try await face.send(.get, "webhooks/\(id)").status == 404)
            #expect(face.directory.now.projects[Bakery.project]?.app(app)?.webhooks.isEmpty == true)
        }
    }
}
