import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("Answers to choices that an app offered", .timeLimit(.minutes(5)))
struct InboundChoiceTests {
    private let face = Face()

    /// The message whose choice a text meant; nil where the app got the text.
    private func meant(
        by text: String, pictures: Int = 0, from: String = "12025550117", to number: String = "12025550160"
    ) async throws -> String? {
        let inbox = try await Inbox(of: face)
        try await inbox.receive(text, pictures: pictures, from: from, to: number)
        let news = try await inbox.news
        #expect(news.count == 1)
        return news.first?.contactMessage?["choice_response_message"]?.word("message_id")
    }

    @Test("one of the words is the choice, with its postback and the metadata of its message")
    func choice() async throws {
        let asked = try await face.sent("send-choice")
        let inbox = try await Inbox(of: face)
        try await inbox.receive("* two LOAVES ")

        let news = try #require(try await inbox.news.first)

        #expect(news.contactMessage?["choice_response_message"]?["message_id"] == .string(asked))
        let postback = try #require(news.contactMessage?["choice_response_message"]?.word("postback_data"))
        #expect(try JSONValue(Array(postback.utf8)) == ["loaves": 2])
        #expect(news.contactMessage?["reply_to"]?["message_id"] == .string(asked))
        #expect(news.word("metadata") == "ask-1")
    }

    @Test("a choice without postback has the message and the text as its postback")
    func withoutPostback() async throws {
        let asked = try await face.sent("send-choice") { body in
            body["message"] = [
                "choice_message": [
                    "text_message": ["text": "How many?"], "choices": [["text_message": ["text": "None"]]],
                ]
            ]
        }
        let inbox = try await Inbox(of: face)
        try await inbox.receive("none")

        let answer = try #require(try await inbox.news.first?.contactMessage?["choice_response_message"])

        let choice = OfferedChoice(text: "None", postback: nil)
        #expect(answer.word("postback_data") == choice.postback(in: asked))
        #expect(!answer.word("postback_data").isEmpty)
    }

    @Test("what a deleted message offered may still be answered")
    func deleted() async throws {
        let asked = try await face.sent("send-choice")
        #expect(try await face.call(.delete, "messages/\(asked)").status == .ok)

        #expect(try await meant(by: "Two loaves") == asked)
    }

    @Test("the newest message that offers it is answered")
    func newest() async throws {
        _ = try await face.sent("send-choice")
        face.clock.advance(by: .seconds(1))
        let newer = try await face.sent("send-choice")
        face.clock.advance(by: .seconds(1))
        _ = try await face.sent()

        #expect(try await meant(by: "Two loaves") == newer)
    }

    @Test("a choice is answered within its life, and is a text after that")
    func life() async throws {
        let asked = try await face.sent("send-choice")
        let life = ConversationAPI.Settings().choiceLife
        face.clock.advance(by: life)

        #expect(try await meant(by: "Two loaves") == asked)
        face.clock.advance(by: .seconds(1))
        #expect(try await meant(by: "Two loaves") == nil)
    }

    @Test(
        "the words are a text from another handset, to another number, beside a picture, and where nobody offered them")
    func text() async throws {
        _ = try await face.sent("send-choice")

        #expect(try await meant(by: "Two loaves", from: "12025550118") == nil)
        #expect(try await meant(by: "Two loaves", to: "12025550161") == nil)
        #expect(try await meant(by: "Two loaves", pictures: 1) == nil)
        #expect(try await meant(by: "Our menu") == nil)
        #expect(try await meant(by: "Two loaves, please") == nil)
    }
}
