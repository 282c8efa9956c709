import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What came in")
struct ReceivedMessageTests {
    private static func inbound(_ text: String?, subject: String? = nil, media: Int = 0) -> Inbound {
        Inbound(
            id: ULID(high: 1, low: 2), owner: nil, from: "12025550117", to: "12025550160",
            receivedAt: Date(timeIntervalSince1970: 0), subject: subject, text: text,
            media: (0..<media).map { Inbound.Medium(contentType: "image/jpeg", url: "u\($0)") })
    }

    /// The messages that an app gets, after they were kept and read again.
    private static func bodies(
        _ inbound: Inbound, _ subject: InboundSubject = .whenAlone, choice: ChoiceResponse? = nil,
        url: (Inbound.Medium) -> String? = { $0.url }
    ) throws -> [ContactMessage.Body] {
        let contents = ReceivedMessage.Content.all(of: inbound, subject: subject, choice: choice)
        let received = ReceivedMessage(
            mode: .dispatch, subject: subject,
            parts: contents.enumerated().map { number, content in
                ReceivedMessage.Part(
                    id: ULID(high: 1, low: UInt64(number)), content: content, metadata: choice?.metadata ?? "")
            })
        let kept = try #require(ReceivedMessage(received.echo))
        #expect(kept == received)
        return kept.parts.indices.compactMap { kept.printed($0, of: inbound, url: url)?.message.body }
    }

    @Test("each medium is a message of its own, with the text in each")
    func media() throws {
        #expect(try Self.bodies(Self.inbound(nil, media: 2)) == [.media(url: "u0"), .media(url: "u1")])
        #expect(
            try Self.bodies(Self.inbound("a", media: 2))
                == [.mediaCard(url: "u0", caption: "a"), .mediaCard(url: "u1", caption: "a")])
    }

    @Test("a link to a medium is made each time")
    func links() throws {
        #expect(try Self.bodies(Self.inbound(nil, media: 1)) { "\($0.url ?? "") later" } == [.media(url: "u0 later")])
    }

    @Test("a text is the answer to a choice, and only without media it may be one")
    func choice() throws {
        let choice = ChoiceResponse(messageID: "m", postback: "p", metadata: "ask")

        #expect(try Self.bodies(Self.inbound("a"), choice: choice) == [.choice(choice)])
        #expect(try Self.bodies(Self.inbound("a")) == [.text("a")])
        #expect(Self.inbound("a").possibleChoice == "a")
        #expect(Self.inbound("a", media: 1).possibleChoice == nil)
    }

    @Test(
        "the subject goes where the setting says",
        arguments: [
            (.whenAlone, "a", "a"), (.whenAlone, nil, "s"), (.firstLine, "a", "s\na"), (.firstLine, nil, "s"),
            (.dropped, "a", "a"),
        ] as [(InboundSubject, String?, String)])
    func subject(setting: InboundSubject, text: String?, told: String) throws {
        #expect(try Self.bodies(Self.inbound(text, subject: "s"), setting) == [.text(told)])
    }

    @Test("what is empty or was lost is told as that")
    func fallback() throws {
        #expect(
            try Self.bodies(Self.inbound(nil, subject: "s"), .dropped)
                == [.fallback(DeliveryReason(.unsupportedOperation, "The message is empty"))])
        #expect(try Self.bodies(Self.inbound("a", media: 1)) { _ in nil } == [.fallback(.mediaLost)])
    }

    @Test("all that it says of the app and its contact comes back, and an echo of another kind is none")
    func echo() throws {
        let received = ReceivedMessage(
            mode: .conversation, contactID: "c", conversationID: "v", conversationMetadata: #"{"a":1}"#,
            correlationID: "x", subject: .firstLine, parts: [.init(id: ULID(high: 1, low: 1), content: .text)])

        #expect(ReceivedMessage(received.echo) == received)
        for text in ["", "{}", "[]", #"{"mode":"DISPATCH","parts":[]}"#, #"{"mode":"DISPATCH","parts":[{}]}"#] {
            #expect(ReceivedMessage(Echo(text)) == nil, "\(text)")
        }
    }
}
