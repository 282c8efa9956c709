import GatewayCore
import HTTPTypes
import Testing

@testable import ConversationAPI

@Suite("The routes of apps", .timeLimit(.minutes(5)))
struct AppRoutesTests {
    @Test("an app is made, read and listed behind those of the configuration, and has its figures")
    func made() async throws {
        try await AppFace.run { face in
            let id = try await face.makeApp()

            let read = try await face.send(.get, "apps/\(id)")
            let list = try await face.send(.get, "apps")

            var expected = try Fixture.json("resources/app")
            expected["id"] = .string(id)
            expected["rate_limits"] = ["inbound": 800, "outbound": 800, "webhooks": 7]
            expected["queue_stats"] = ["outbound_size": 0, "outbound_limit": 1234]
            #expect(read.status == 200)
            #expect(read.body == expected)
            #expect(list.body.list("apps").map { $0.text(at: "id") } == [AppFace.configuredApp, id])
            #expect(face.directory.now.customers(at: "12025550160").map(\.owner) == [.app(id, project: Bakery.project)])
        }
    }

    @Test("an update changes what it names, keeps masked secrets, and is in force at once")
    func updated() async throws {
        try await AppFace.run { face in
            let id = try await face.makeApp()
            var given = try await face.send(.get, "apps/\(id)").body
            given["display_name"] = "Ovens"

            let changed = try await face.send(.patch, "apps/\(id)", given)
            let masked = try await face.send(
                .patch, "apps/\(id)?update_mask=processing_mode",
                ["processing_mode": "DISPATCH", "display_name": "ignored"])

            #expect(changed.status == 200)
            #expect(masked.body.text(at: "display_name") == "Ovens")
            let app = try #require(face.directory.now.projects[Bakery.project]?.app(id))
            #expect(app.ownAccount?.vaspID.reveal() == "key-of-the-bakery")
            #expect(app.processingMode == .dispatch)
        }
    }

    @Test("a mask where there is no secret to keep is refused, and so is a mask that names nothing")
    func wrongMasks() async throws {
        try await AppFace.run { face in
            var body = try Fixture.json("requests/app-create")
            body["channel_credentials"] = [
                ["channel": "MMS", "mms_credentials": ["account_id": "A", "api_key": .string(Mask.text)]]
            ]

            #expect(try await face.send(.post, "apps", body).status == 400)
            let id = try await face.makeApp()
            let answer = try await face.send(.patch, "apps/\(id)?update_mask=colour", [:])
            #expect(answer.status == 400)
            #expect(answer.body.text(at: "error", "status") == "INVALID_ARGUMENT")
        }
    }

    @Test("an app that is deleted is gone, with its webhooks and its number")
    func deleted() async throws {
        try await AppFace.run { face in
            let id = try await face.makeApp()
            let webhook = try await face.makeWebhook(of: id)

            let answer = try await face.send(.delete, "apps/\(id)")

            #expect(answer.status == 200)
            #expect(answer.body == [:])
            for path in ["apps/\(id)", "apps/\(id)/webhooks", "webhooks/\(webhook)"] {
                #expect(try await face.send(.get, path).status == 404)
            }
            #expect(face.directory.now.customers(at: "12025550160").isEmpty)
        }
    }

    @Test("what the configuration names is read and not changed, and the error says where it is")
    func configured() async throws {
        try await AppFace.run { face in
            let read = try await face.send(.get, "apps/\(AppFace.configuredApp)")
            #expect(read.status == 200)
            #expect(read.body.list("channel_credentials").first?["mms_credentials"]?.text(at: "api_key") == Mask.text)

            for method in [HTTPRequest.Method.patch, .delete] {
                let answer = try await face.send(method, "apps/\(AppFace.configuredApp)", [:])
                #expect(answer.status == 400)
                #expect(answer.body.text(at: "error", "status") == "FAILED_PRECONDITION")
                #expect(answer.body.text(at: "error", "message")?.contains("`apps` of the project") == true)
            }
        }
    }

    @Test("another project's app is not there")
    func otherProject() async throws {
        try await AppFace.run { face in
            let id = try await face.makeApp()

            for method in [HTTPRequest.Method.get, .patch, .delete] {
                #expect(try await face.send(method, "apps/\(id)", [:], of: AppFace.otherProject).status == 404)
            }
            #expect(try await face.send(.get, "apps", of: AppFace.otherProject).body == ["apps": []])
            #expect(try await face.send(.get, "apps/\(id)").status == 200)
        }
    }

    @Test("a repeat with the same key makes no second app")
    func repeated() async throws {
        try await AppFace.run { face in
            let body = try Fixture.json("requests/app-create")

            let first = try await face.send(.post, "apps", body, key: "k")
            let second = try await face.send(.post, "apps", body, key: "k")

            #expect(second.body == first.body.withoutSigningSecrets)
            #expect(first.body["callback_settings"] != second.body["callback_settings"])
            #expect(try await face.send(.get, "apps").body.list("apps").count == 2)
        }
    }

    @Test("a mask of a repeat that comes back in an update keeps the secret")
    func signingSecretStays() async throws {
        try await AppFace.run { face in
            let made = try await face.send(.post, "apps", try Fixture.json("requests/app-create"))
            let id = try #require(made.body.text(at: "id"))

            let answer = try await face.send(.patch, "apps/\(id)", made.body.withoutSigningSecrets)

            #expect(answer.status == 200)
            #expect(answer.body["callback_settings"] == made.body["callback_settings"])
        }
    }

    @Test("what would stay in memory for nothing is refused or left out")
    func tooLarge() async throws {
        try await AppFace.run { face in
            let long = JSONValue.string(String(repeating: "x", count: 5_000))
            var body = try Fixture.json("requests/app-create")
            body["message_search"] = ["enabled": true, "more": long]
            let made = try await face.send(.post, "apps", body)
            #expect(made.status == 200)
            #expect(made.body["message_search"] == ["enabled": true])

            body["channel_credentials"] = [
                ["channel": "SMS", "static_bearer": long], ["channel": "RCS", "static_bearer": long],
            ]
            let answer = try await face.send(.post, "apps", body)
            #expect(answer.status == 400)
            #expect(answer.body.text(at: "error", "message")?.contains("channel_credentials") == true)
        }
    }

    @Test("a project has a thousand apps at most")
    func limit() async throws {
        try await AppFace.run { face in
            try await face.addApps(AppRoutes.limit - 1)

            let answer = try await face.send(.post, "apps", try Fixture.json("requests/app-create"))

            #expect(answer.status == 400)
            #expect(
                answer.body.text(at: "error", "message") == "The project has 1000 apps, which is the limit")
            #expect(try await face.send(.get, "apps").body.list("apps").count == AppRoutes.limit)
        }
    }
}
