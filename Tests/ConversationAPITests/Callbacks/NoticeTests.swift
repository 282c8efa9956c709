import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Notices of contacts and conversations")
struct NoticeTests {
    private let face = Face()

    @Test("every app that asks hears of a contact, each once however many webhooks it has")
    func contacts() async throws {
        let contact = try await face.contact()
        #expect(
            try await face.notices
                == ["CONTACT_CREATE of \(Bakery.app)", "CONTACT_CREATE of \(Face.curiousApp)"])

        _ = try await face.call(.patch, "contacts/\(contact.id)", ["display_name": "Ann"])
        #expect(try await face.notices == ["CONTACT_UPDATE of \(Bakery.app)"])

        let other = try await face.contact(["channel_identities": [Face.identity("12025550118")]])
        _ = try await face.notices
        _ = try await face.call(.post, "contacts/\(contact.id):merge", ["source_id": .string(other.id)])
        #expect(try await face.notices == ["CONTACT_MERGE of \(Bakery.app)"])

        _ = try await face.call(.delete, "contacts/\(contact.id)")
        #expect(try await face.notices == ["CONTACT_DELETE of \(Bakery.app)"])
    }

    @Test("what was refused, and what changed nothing, is no news")
    func nothing() async throws {
        let contact = try await face.contact()
        _ = try await face.notices

        _ = try await face.call(.patch, "contacts/\(contact.id)", ["language": "EN_US"])
        _ = try await face.call(.patch, "contacts/\(contact.id)", ["language": "english"])
        _ = try await face.call(
            .post, "contacts", ["channel_identities": [Face.identity("12025550117")], "language": "EN_US"])
        _ = try await face.call(.delete, "contacts/\(Face.nobody)")
        _ = try await face.contact(project: Face.otherProject)

        #expect(try await face.notices == [])
    }

    @Test("the app of a conversation hears of it alone")
    func conversations() async throws {
        let contact = try await face.contact()
        let silent = try await face.conversation(with: contact, ["app_id": .string(Face.curiousApp)])
        _ = try await face.notices

        let conversation = try await face.conversation(with: contact)
        #expect(try await face.notices == ["CONVERSATION_START of \(Bakery.app)"])
        _ = try await face.call(.patch, "conversations/\(conversation.id)", ["metadata": "x"])
        #expect(try await face.notices == [])
        _ = try await face.call(.post, "conversations/\(conversation.id):stop")
        _ = try await face.call(.post, "conversations/\(conversation.id):stop")
        #expect(try await face.notices == ["CONVERSATION_STOP of \(Bakery.app)"])
        _ = try await face.call(.patch, "conversations/\(conversation.id)", ["active": true])
        #expect(try await face.notices == ["CONVERSATION_START of \(Bakery.app)"])
        _ = try await face.call(.patch, "conversations/\(conversation.id)", ["active": false])
        #expect(try await face.notices == ["CONVERSATION_STOP of \(Bakery.app)"])
        _ = try await face.call(.delete, "conversations/\(conversation.id)")
        _ = try await face.call(.delete, "conversations/\(silent.id)")
        #expect(try await face.notices == ["CONVERSATION_DELETE of \(Bakery.app)"])
    }

    @Test(
        "a notice is the whole body of its callback",
        arguments: [
            ("contact-create", Callback.Event.contactCreate), ("contact-update", Callback.Event.contactUpdate),
            ("contact-delete", Callback.Event.contactDelete),
            ("contact-merge", { .contactMerge(kept: $0, removed: stranger.printed(id: Face.nobody)) }),
        ] as [(String, @Sendable (JSONValue) -> Callback.Event)])
    func contactBodies(name: String, event: @Sendable (JSONValue) -> Callback.Event) throws {
        let contact = try Fixture.json("resources/contact")

        #expect(try body(of: event(contact)) == (try expected(name)))
    }

    @Test(
        "and so is that of a conversation",
        arguments: [
            ("conversation-start", Callback.Event.conversationStart),
            ("conversation-stop", Callback.Event.conversationStop),
            ("conversation-delete", Callback.Event.conversationDelete),
        ] as [(String, @Sendable (JSONValue) -> Callback.Event)])
    func conversationBodies(name: String, event: @Sendable (JSONValue) -> Callback.Event) throws {
        let conversation = try Fixture.json("resources/conversation")

        #expect(try body(of: event(conversation)) == (try expected(name)))
    }

    private static let stranger = Contact(ChannelIdentity(.sms, "+12025550118"))

    /// What the bakery's app is called with.
    private func body(of event: Callback.Event) throws -> JSONValue {
        let project = try #require(Face.customers.projects[Bakery.project])
        let notice = try #require(project.notice(of: event, toApp: Bakery.app, at: Face.now))
        #expect(notice.name == event.trigger.rawValue)
        return try #require(JSONValue(text: notice.text))
    }

    /// The body on file, at the moment of these tests.
    private func expected(_ name: String) throws -> JSONValue {
        var body = try Fixture.json("callbacks/\(name)")
        body["accepted_time"] = "2026-04-02T09:30:00.250Z"
        body["event_time"] = "2026-04-02T09:30:00.250Z"
        return body
    }
}
