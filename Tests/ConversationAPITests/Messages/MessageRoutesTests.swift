import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("Messages that are looked up")
struct MessageRoutesTests {
    private let face = Face()

    /// Three messages, a second apart, the newest first.
    private func three() async throws -> [String] {
        var ids: [String] = []
        for _ in 0..<3 {
            ids.insert(try await face.sent(), at: 0)
            face.clock.advance(by: .seconds(1))
        }
        return ids
    }

    @Test("a list has its form")
    func form() async throws {
        _ = try await face.sent()
        var list = try await face.call(.get, "messages").json
        let expected = try Fixture.json("resources/message-list")

        // Names and times are new each time.
        var message = try #require(list["messages"]?.elements.first)
        let model = try #require(expected["messages"]?.elements.first)
        for name in ["id", "conversation_id", "contact_id", "accept_time"] { message[name] = model[name] }
        list["messages"] = [message]

        #expect(list == expected)
    }

    @Test("a list has the newest first, page by page")
    func pages() async throws {
        let sent = try await three()
        var (listed, token) = ([String](), "")
        repeat {
            let page = try await face.call(.get, "messages?page_size=2&page_token=\(token)").json
            listed += page["messages"]?.elements.map(\.id) ?? []
            token = page.word("next_page_token")
        } while !token.isEmpty

        #expect(listed == sent)
    }

    @Test("a list is narrowed by its parameters")
    func filters() async throws {
        let sent = try await three()
        let message = try await face.call(.get, "messages/\(sent[0])").json
        let conversation = message.word("conversation_id")

        #expect(try await face.ids("app_id=\(Bakery.app)&direction=TO_CONTACT&channel=MMS") == sent)
        #expect(try await face.ids("conversation_id=\(conversation)") == sent)
        #expect(try await face.ids("contact_id=\(message.word("contact_id"))") == sent)
        #expect(try await face.ids("channel_identity=%2B1%20202%20555%200117") == sent)
        #expect(try await face.ids("start_time=2026-04-02T09:30:01Z") == Array(sent.prefix(2)))
        #expect(try await face.ids("end_time=2026-04-02T09:30:01Z") == Array(sent.suffix(1)))
        for query in [
            "direction=TO_APP", "channel=SMS", "channel_identity=12025550199", "app_id=\(Face.curiousApp)",
            "contact_id=\(Face.nobody)", "conversation_id=x", "messages_source=DISPATCH_SOURCE",
        ] {
            #expect(try await face.ids(query) == [], "\(query)")
        }
    }

    @Test("a view without metadata has none")
    func view() async throws {
        _ = try await face.sent { $0["message_metadata"] = "loaf-12" }

        func metadata(_ query: String) async throws -> String? {
            try await face.call(.get, "messages?\(query)").json["messages"]?.elements.first?.word("metadata")
        }
        #expect(try await metadata("view=WITH_METADATA") == "loaf-12")
        #expect(try await metadata("view=WITHOUT_METADATA") == "")
    }

    @Test("what was dispatched is in the other source, for three days where its app keeps it for less")
    func sources() async throws {
        let id = try await face.sent(app: Face.dispatchApp)

        #expect(try await face.ids("") == [])
        #expect(try await face.ids("messages_source=DISPATCH_SOURCE") == [id])
        #expect(try await face.call(.get, "messages/\(id)").status == .ok)
        #expect(
            try await face.call(.get, "messages/\(id)?messages_source=CONVERSATION_SOURCE").refusal == "404 NOT_FOUND")
        face.clock.advance(by: .seconds(3 * 86_400 + 1))
        #expect(try await face.call(.get, "messages/\(id)").refusal == "404 NOT_FOUND")
    }

    @Test("a message of an app that keeps nothing can be looked up for three days all the same")
    func nothingKept() async throws {
        let id = try await face.sent { $0["processing_strategy"] = "DISPATCH_ONLY" }

        #expect(try await face.call(.get, "messages/\(id)").status == .ok)
        face.clock.advance(by: .seconds(3 * 86_400 + 1))
        #expect(try await face.call(.get, "messages/\(id)").refusal == "404 NOT_FOUND")
        #expect(try await face.storedMessages == 1)
    }

    @Test("metadata can be changed, and nothing else")
    func change() async throws {
        let id = try await face.sent()

        let changed = try await face.call(.patch, "messages/\(id)", ["metadata": "loaf-13"])

        #expect(changed.status == .ok)
        #expect(try changed.json.word("metadata") == "loaf-13")
        #expect(try await face.call(.get, "messages/\(id)").text == changed.text)
        #expect(try await face.call(.patch, "messages/\(id)", [:]).refusal == "400 INVALID_ARGUMENT")
        let long = String(repeating: "a", count: 1025)
        #expect(
            try await face.call(.patch, "messages/\(id)", ["metadata": .string(long)]).refusal
                == "400 INVALID_ARGUMENT")
    }

    @Test("what is deleted is in no list, and goes its way")
    func delete() async throws {
        let id = try await face.sent()

        let answer = try await face.call(.delete, "messages/\(id)")

        #expect(answer.text == "{}")
        #expect(try await face.call(.get, "messages/\(id)").refusal == "404 NOT_FOUND")
        #expect(try await face.call(.delete, "messages/\(id)").refusal == "404 NOT_FOUND")
        #expect(try await face.ids("") == [])
        #expect(try await face.storedMessages == 1)
    }

    @Test("the last message with each recipient")
    func last() async throws {
        let sent = try await three()
        let body: JSONValue = ["channel_identities": ["+12025550117", "12025550199"]]

        let answer = try await face.call(.post, "messages:fetch-last-message", body).json

        #expect(answer["messages"]?.elements.map(\.id) == [sent[0]])
        #expect(answer.word("next_page_token") == "")
    }

    @Test("another project's messages are unknown")
    func foreign() async throws {
        let id = try await face.sent()

        for method in [HTTPRequest.Method.get, .delete] {
            #expect(
                try await face.call(method, "messages/\(id)", project: Face.otherProject).refusal == "404 NOT_FOUND")
        }
        #expect(
            try await face.call(.patch, "messages/\(id)", ["metadata": "x"], project: Face.otherProject).refusal
                == "404 NOT_FOUND")
        #expect(try await face.call(.get, "messages/\(id)").status == .ok)
    }

    @Test(
        "parameters that are wrong, or contradict each other",
        arguments: [
            "page_size=1001", "page_size=x", "page_token=x", "direction=UP", "channel=FAX", "start_time=soon",
            "view=ALL", "messages_source=BOTH", "only_recipient_originated=true",
            "messages_source=DISPATCH_SOURCE&only_recipient_originated=true&direction=TO_CONTACT",
            "messages_source=DISPATCH_SOURCE&contact_id=\(Face.nobody)",
            "messages_source=DISPATCH_SOURCE&conversation_id=\(Face.nobody)",
        ])
    func wrong(query: String) async throws {
        let answer = try await face.call(.get, "messages?\(query)")

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.json["error"]?["details"]?.elements.count == 1)
    }

    @Test("a page of long messages ends early, and the rest follows")
    func long() async throws {
        let text = String(repeating: "ß", count: 4900)
        let cards: JSONValue = .array(
            (0..<10).map { ["title": .string("\($0)"), "description": .string(text)] })
        for _ in 0..<60 { _ = try await face.sent { $0["message"] = ["carousel_message": ["cards": cards]] } }

        let first = try await face.call(.get, "messages?page_size=1000").json
        let token = first.word("next_page_token")
        let second = try await face.call(.get, "messages?page_size=1000&page_token=\(token)").json

        let counts = [first, second].map { $0["messages"]?.elements.count ?? 0 }
        #expect(!token.isEmpty)
        #expect(counts == [50, 10])
        #expect(second.word("next_page_token") == "")
    }
}
