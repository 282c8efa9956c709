import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("What handsets send to apps is read", .timeLimit(.minutes(5)))
struct InboundServiceTests {
    private let face = Face()

    @Test("each picture is a message with the text, by a name of its own, in callbacks and in lists")
    func pictures() async throws {
        let inbox = try await Inbox(of: face)
        let id = try await inbox.receive("Like these?", pictures: 3)

        let news = try await inbox.news

        #expect(news.count == 3)
        #expect(news.contains { $0.id == id.description })
        #expect(Set(news.map(\.id)).count == 3)
        let urls = news.compactMap { $0.contactMessage?["media_card_message"]?.word("url") }
        #expect(Set(urls) == Set((0..<3).map { "https://mms.example/media/c0ffee\($0)/cake.jpg" }))
        #expect(news.allSatisfy { $0.contactMessage?["media_card_message"]?["caption"] == "Like these?" })
        let listed = try await face.ids("direction=TO_APP&app_id=\(Bakery.app)")
        #expect(Set(listed) == Set(news.map(\.id)))
        for message in news {
            let found = try await face.call(.get, "messages/\(message.id)").json
            #expect(found.contactMessage == message.contactMessage)
            #expect(found.word("direction") == "TO_APP")
            #expect(found.word("sender_id") == "12025550160")
        }
    }

    @Test("pictures alone are media without a caption")
    func mediaAlone() async throws {
        let inbox = try await Inbox(of: face)
        try await inbox.receive(nil, pictures: 2)

        let news = try await inbox.news

        #expect(news.count == 2)
        #expect(news.allSatisfy { $0.contactMessage?["media_message"]?["url"] != nil })
    }

    @Test(
        "text and subject come as the setting says",
        arguments: [
            (.whenAlone, "Two, please", "Two, please"), (.whenAlone, nil, "Order"),
            (.firstLine, "Two, please", "Order\nTwo, please"), (.firstLine, nil, "Order"),
            (.dropped, "Two, please", "Two, please"),
        ] as [(InboundSubject, String?, String)])
    func subject(setting: InboundSubject, text: String?, told: String) async throws {
        let inbox = try await Inbox(of: face, subject: setting)
        try await inbox.receive(text, subject: "Order")

        let news = try await inbox.news

        #expect(news.map { $0.contactMessage?["text_message"]?.word("text") } == [told])
    }

    @Test("a subject that is dropped with nothing beside it is told as something unsupported, by both triggers")
    func nothing() async throws {
        let inbox = try await Inbox(of: face, subject: .dropped)
        try await inbox.receive(nil, subject: "Order")
        await inbox.read()

        let callbacks = try await inbox.callbacks

        #expect(callbacks.count { $0["message"]?.contactMessage?["fallback_message"] != nil } == 1)
        #expect(callbacks.count { $0["unsupported_callback"] != nil } == 1)
    }

    @Test("two at once from a number that nobody knows make one contact and one conversation, each told once")
    func unknownSender() async throws {
        let inbox = try await Inbox(of: face)
        try await inbox.receive("Hello?")
        try await inbox.receive("Anybody there?")
        await inbox.read()

        let callbacks = try await inbox.callbacks.filter { $0["app_id"] == .string(Bakery.app) }

        let news = callbacks.compactMap { $0["message"] }
        #expect(news.count == 2)
        #expect(callbacks.count { $0["contact_create_notification"] != nil } == 1)
        #expect(callbacks.count { $0["conversation_start_notification"] != nil } == 1)
        let contacts = try await face.call(.get, "contacts").json["contacts"]?.elements ?? []
        let conversations = try await face.call(.get, "conversations?app_id=\(Bakery.app)").json["conversations"]
        #expect(contacts.count == 1)
        #expect(conversations?.elements.count == 1)
        #expect(Set(news.map { $0.word("contact_id") }) == Set(contacts.map(\.id)))
        #expect(Set(news.map { $0.word("conversation_id") }) == Set(conversations?.elements.map(\.id) ?? []))
    }

    @Test("who is known already keeps contact and conversation, and the conversation's metadata comes along")
    func known() async throws {
        _ = try await face.sent("send-choice")
        let inbox = try await Inbox(of: face)
        _ = try await inbox.callbacks
        try await inbox.receive("Good morning")
        await inbox.read()

        let callbacks = try await inbox.callbacks

        #expect(callbacks.map { $0["message"] != nil } == [true])
        #expect(callbacks.first?["message_metadata"] == .string(#"{"order":{"id":12}}"#))
        #expect(try await face.call(.get, "contacts").json["contacts"]?.elements.count == 1)
        let listed = try await face.ids("conversation_id=\(callbacks[0]["message"]?.word("conversation_id") ?? "")")
        #expect(listed.count == 2)
    }

    @Test("an app that dispatches gets messages without contact and conversation, and what it sent last along")
    func dispatched() async throws {
        _ = try await face.sent("send-choice", app: Face.dispatchApp)
        let inbox = try await Inbox(of: face)
        let id = try await inbox.receive("Two loaves", app: Face.dispatchApp)
        await inbox.read()

        let found = try await face.call(.get, "messages/\(id)?messages_source=DISPATCH_SOURCE")

        #expect(found.status == .ok, "\(found.text)")
        let message = try found.json
        #expect(message.contactMessage?["choice_response_message"] != nil)
        #expect(message.word("contact_id").isEmpty)
        #expect(message.word("conversation_id").isEmpty)
        #expect(try await face.call(.get, "contacts").json["contacts"]?.elements.isEmpty == true)
    }
}
