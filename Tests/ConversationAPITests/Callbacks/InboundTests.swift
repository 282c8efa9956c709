import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What came in")
struct InboundTests {
    private static func inbound(_ text: String?, subject: String? = nil, media: Int = 0) -> Inbound {
        Inbound(
            id: ULID(high: 1, low: 2), owner: nil, from: "12025550117", to: "12025550160",
            receivedAt: Date(timeIntervalSince1970: 0), subject: subject, text: text,
            media: (0..<media).map { Inbound.Medium(contentType: "image/jpeg", url: "u\($0)") })
    }

    private static func bodies(
        _ inbound: Inbound, _ subject: InboundSubject = .whenAlone, choice: ChoiceResponse? = nil
    ) -> [ContactMessage.Body] {
        ContactMessage.messages(of: inbound, subject: subject, url: { $0.url }, choice: { _ in choice }).map(\.body)
    }

    @Test("each medium is a message of its own, with the text in each")
    func media() {
        #expect(Self.bodies(Self.inbound(nil, media: 2)) == [.media(url: "u0"), .media(url: "u1")])
        #expect(
            Self.bodies(Self.inbound("a", media: 2))
                == [.mediaCard(url: "u0", caption: "a"), .mediaCard(url: "u1", caption: "a")])
    }

    @Test("a text is the answer to a choice only without media")
    func choice() {
        let choice = ChoiceResponse(messageID: "m", postback: "p", metadata: "")

        #expect(Self.bodies(Self.inbound("a"), choice: choice) == [.choice(choice)])
        #expect(Self.bodies(Self.inbound("a", media: 1), choice: choice) == [.mediaCard(url: "u0", caption: "a")])
        #expect(Self.bodies(Self.inbound("a")) == [.text("a")])
    }

    @Test(
        "the subject goes where the setting says",
        arguments: [
            (.whenAlone, "a", "a"), (.whenAlone, nil, "s"), (.firstLine, "a", "s\na"), (.firstLine, nil, "s"),
            (.dropped, "a", "a"),
        ] as [(InboundSubject, String?, String)])
    func subject(setting: InboundSubject, text: String?, told: String) {
        #expect(Self.bodies(Self.inbound(text, subject: "s"), setting) == [.text(told)])
    }

    @Test("what is empty or was lost is told as that")
    func fallback() {
        let lost = ContactMessage.messages(
            of: Self.inbound("a", media: 1), subject: .dropped, url: { _ in nil }, choice: { _ in nil })

        #expect(lost.first?.json["fallback_message"]?["reason"]?["code"] == "MEDIA_NOT_REACHABLE")
        #expect(
            Self.bodies(Self.inbound(nil, subject: "s"), .dropped)
                == [.fallback(DeliveryReason(.unsupportedOperation, "The message is empty"))])
    }
}

@Suite("Answers to choices")
struct ChoiceMatchingTests {
    private static let now = Date(timeIntervalSince1970: 1_773_065_102)
    private static let offers = [
        Offer(
            messageID: "old", sentAt: now - 3600,
            choices: [OfferedChoice(text: "Rye", postback: "old rye"), OfferedChoice(text: "Weißbrot", postback: nil)]),
        Offer(
            messageID: "new", sentAt: now - 60,
            choices: [OfferedChoice(text: "Rye", postback: nil), OfferedChoice(text: "2. White", postback: "w")],
            metadata: "ask"),
    ]

    @Test(
        "a text means a choice, whatever its case and what stands before it",
        arguments: [
            ("Rye", "new_Rye"), (" rYE\n", "new_Rye"), ("> RYE", "new_Rye"), ("* Rye", "new_Rye"),
            ("1. rye", "new_Rye"),
            ("1) rye", "new_Rye"), ("2. white", "w"), ("WEISSBROT", "old_Weißbrot"), (">weißbrot", "old_Weißbrot"),
        ])
    func hits(text: String, postback: String) {
        #expect(ChoiceMatching.response(to: text, among: Self.offers, now: Self.now)?.postback == postback)
    }

    @Test("another text means none", arguments: ["", "Ry", "Rye please", "1", ">", "2 rye"])
    func misses(text: String) {
        #expect(ChoiceMatching.response(to: text, among: Self.offers, now: Self.now) == nil)
    }

    @Test("an offer that is too old is not answered any more, and the metadata is that of the offer")
    func age() {
        let response = ChoiceMatching.response(to: "rye", among: Self.offers, now: Self.now)
        let late = ChoiceMatching.response(to: "rye", among: Self.offers, now: Self.now + 7 * 86_400)

        #expect(response == ChoiceResponse(messageID: "new", postback: "new_Rye", metadata: "ask"))
        #expect(late == nil)
    }
}
