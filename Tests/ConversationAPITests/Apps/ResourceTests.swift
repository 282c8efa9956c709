import CustomerServing
import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Apps, webhooks, contacts and conversations")
struct ResourceTests {
    private static let noMask = UpdateMask(paths: nil)

    private func app() throws -> App { try App(body: try Fixture.bytes("requests/app-create")) }

    @Test("an app is printed with its defaults, and without the secrets of its channels")
    func printedApp() throws {
        let app = try app()

        #expect(app.printed(id: Bakery.app, .init(queueSize: 3)) == (try Fixture.json("resources/app")))
        #expect(app.mms?.apiKey.reveal() == "key-of-the-bakery")
        #expect(app.mms?.login?.password.reveal() == "secret-of-the-oven")
        #expect(app.mms?.defaultSender?.text == "12025550160")
        #expect(!"\(app.mms as Any)".contains("key-of"))
    }

    @Test("an ordinal number that is null is none, and is printed as 0")
    func noOrdinal() throws {
        let credentials = try ChannelCredentials(
            ["channel": "SMS", "credential_ordinal_number": .null, "static_token": ["claimed_identity": "a"]])

        #expect(credentials.printed["credential_ordinal_number"] == 0)
    }

    @Test("an app that is kept comes back as it was")
    func storedApp() throws {
        let app = try app()

        #expect(try App(app.stored) == app)
    }

    @Test("an update changes what it names")
    func updatedApp() throws {
        let app = try app()

        let changed = try app.updated(by: ["display_name": "Ovens", "id": "x"], Self.noMask)
        let masked = try app.updated(
            by: ["retention_policy": ["ttl_days": 3], "display_name": "x"],
            UpdateMask(paths: ["retention_policy.ttl_days"]))

        #expect(changed.displayName == "Ovens")
        #expect(changed.credentials == app.credentials)
        #expect(masked.displayName == "Bakery")
        #expect(masked.retention == App.Retention(kind: .message, days: 3))
    }

    @Test("a client that sends back what it was given changes no secret")
    func maskedSecrets() throws {
        let app = try app()

        let changed = try app.updated(by: app.printed(id: Bakery.app, .init()), Self.noMask)

        #expect(changed.mms == app.mms)
    }

    @Test("secrets in a list are kept where the list comes back as it was given, and a mask too many is refused")
    func maskedLists() throws {
        var json = try Fixture.json("requests/app-create")
        json["channel_credentials"] = [["channel": "SMS", "tokens": ["token-of-one", "token-of-two"]]]
        let app = try App(json)

        let changed = try app.updated(by: app.printed(id: Bakery.app, .init()), Self.noMask)

        #expect(changed.stored.text.contains(#"["token-of-one","token-of-two"]"#))
        let mask = JSONValue.string(Mask.text)
        #expect(throws: InvalidRequest.self) {
            try app.updated(
                by: ["channel_credentials": [["channel": "SMS", "tokens": [mask, mask, mask]]]], Self.noMask)
        }
    }

    @Test("credentials of other channels are kept, and their secrets are not told")
    func otherChannel() throws {
        var json = try Fixture.json("requests/app-create")
        let sms: JSONValue = [
            "channel": "SMS", "static_bearer": ["claimed_identity": "plan-7", "token": "token-of-texts"],
            "callback_secret": "shh",
        ]
        if case .array(let given)? = json["channel_credentials"] { json["channel_credentials"] = .array(given + [sms]) }

        let app = try App(json)
        let printed = app.printed(id: Bakery.app, .init()).text

        #expect(app.channels == [.mms, .sms])
        #expect(printed.contains("plan-7"))
        #expect(!printed.contains("token-of") && !printed.contains("shh"))
        #expect(app.stored.text.contains("token-of-texts"))
    }

    @Test(
        "an app that cannot be is refused",
        arguments: [
            ("display_name", nil, "display_name: must be present"),
            ("channel_credentials", [], "channel_credentials: size must be between 1 and 20, and is 0"),
            (
                "channel_credentials", [["channel": "MMS", "mms_credentials": ["account_id": "a"]]],
                "channel_credentials[0].mms_credentials.api_key: must be present"
            ),
            (
                "channel_credentials",
                [["channel": "MMS", "mms_credentials": ["account_id": "a", "api_key": "k\r\nX-Evil: 1"]]],
                "channel_credentials[0].mms_credentials.api_key: must not contain control characters"
            ),
            ("retention_policy", ["ttl_days": 0], "retention_policy.ttl_days: must be 1 to 3650, and is 0"),
            (
                "dispatch_retention_policy", ["ttl_days": 8],
                "dispatch_retention_policy.ttl_days: must be 0 to 7, and is 8"
            ),
            (
                "message_retry_settings", ["retry_duration": 29],
                "message_retry_settings.retry_duration: must be 30 to 3600, and is 29"
            ),
            ("processing_mode", "X", "processing_mode: must be one of CONVERSATION, DISPATCH"),
            (
                "delivery_report_based_fallback", ["enabled": true],
                "delivery_report_based_fallback.delivery_report_waiting_time: must be 10 to 259200, and is 0"
            ),
        ] as [(String, JSONValue?, String)])
    func refusedApp(name: String, value: JSONValue?, violation: String) throws {
        var json = try Fixture.json("requests/app-create")
        json[name] = value

        #expect(Bakery.violations(of: json.text, as: App.self) == [violation])
    }

    @Test("a webhook is printed with its own secret, and without that of its tokens")
    func webhook() throws {
        let webhook = try AppWebhook(body: try Fixture.bytes("requests/webhook-create"))
        let changed = try webhook.updated(
            by: [
                "triggers": ["MESSAGE_SUBMIT"],
                "client_credentials": [
                    "client_id": "c", "client_secret": "secret-of-tokens", "endpoint": "https://auth.example/token",
                ],
            ], Self.noMask)
        let printed = changed.printed(id: "W")

        #expect(
            webhook.printed(id: "01KN6MZ5G0H00K000000000001") == (try Fixture.json("resources/webhook")))
        #expect(changed.triggers == [.messageSubmit])
        #expect(changed.secret?.reveal() == "secret-of-the-hook")
        #expect(!printed.text.contains("secret-of-tokens"))
        #expect(try changed.updated(by: printed, Self.noMask) == changed)
        #expect(try AppWebhook(changed.stored) == changed)
    }

    @Test(
        "a webhook that cannot be is refused",
        arguments: [
            ("target", nil, "target: must be present"), ("target", "hook", "target: must be an http or https URL"),
            ("triggers", ["UNSPECIFIED_TRIGGER"], "triggers[0]: must be one of MESSAGE_DELIVERY, "),
            (
                "client_credentials", ["client_id": "c", "client_secret": "s"],
                "client_credentials.endpoint: must be present"
            ),
        ] as [(String, JSONValue?, String)])
    func refusedWebhook(name: String, value: JSONValue?, violation: String) throws {
        var json = try Fixture.json("requests/webhook-create")
        json[name] = value

        let found = Bakery.violations(of: json.text, as: AppWebhook.self)

        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(violation) == true)
    }

    @Test("an app has five webhooks at most, each at an address of its own")
    func webhookLimits() throws {
        let webhook = try AppWebhook(body: try Fixture.bytes("requests/webhook-create"))
        let others = try (0..<5).map {
            try webhook.updated(by: ["target": .string("https://a.example/\($0)")], Self.noMask)
        }

        #expect(webhook.refusal(beside: []) == nil)
        #expect(webhook.refusal(beside: Array(others.dropLast())) == nil)
        #expect(webhook.refusal(beside: [webhook])?.name == .invalidArgument)
        #expect(webhook.refusal(beside: others)?.name == .failedPrecondition)
    }

    @Test("a contact is printed by its numbers, and is merged with another of the same person")
    func contact() throws {
        let contact = try Contact(body: try Fixture.bytes("requests/contact-create"))
        let stranger = Contact(ChannelIdentity(.sms, "+12025550118"))

        #expect(contact.printed(id: Bakery.contact) == (try Fixture.json("resources/contact")))
        #expect(contact.identity(on: .mms)?.number?.digits == "12025550117")
        #expect(try Contact(contact.stored) == contact)
        #expect(stranger.merged(with: contact).displayName == "Ann")
        #expect(stranger.merged(with: contact).identities.map(\.channel) == [.sms, .mms, .messenger])
        #expect(try contact.updated(by: ["email": "ann@bakery.example"], Self.noMask).email == "ann@bakery.example")
        #expect(throws: InvalidRequest.self) { try contact.updated(by: ["language": "english"], Self.noMask) }
        #expect(Bakery.violations(of: "{}", as: Contact.self).count == 2)
    }

    @Test("a conversation is printed as one that nothing was received in, and is changed")
    func conversation() throws {
        var conversation = Conversation(appID: Bakery.app, contactID: Bakery.contact, on: .mms)
        let fresh = conversation.printed(id: Bakery.conversation)
        conversation.metadataJSON = ["a": 1]

        let merged = try conversation.updated(
            by: ["metadata_json": ["b": 2], "contact_id": "x"], strategy: "MERGE_PATCH", Self.noMask)
        let replaced = try conversation.updated(by: ["metadata_json": ["b": 2]], strategy: nil, Self.noMask)

        #expect(fresh == (try Fixture.json("resources/conversation")))
        #expect(merged.metadataJSON == ["a": 1, "b": 2])
        #expect(merged.contactID == Bakery.contact)
        #expect(replaced.metadataJSON == ["b": 2])
        #expect(try Conversation(merged.stored) == merged)
        #expect(throws: InvalidRequest.self) { try conversation.updated(by: [:], strategy: "X", Self.noMask) == merged }
    }
}
