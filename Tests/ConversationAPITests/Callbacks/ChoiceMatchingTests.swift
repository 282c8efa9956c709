import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Answers to choices")
struct ChoiceMatchingTests {
    private static let now = Date(timeIntervalSince1970: 1_773_065_102)
    private static let week = Duration.seconds(7 * 86_400)
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
        #expect(
            ChoiceMatching.response(to: text, among: Self.offers, now: Self.now, within: Self.week)?.postback
                == postback)
    }

    @Test("another text means none", arguments: ["", "Ry", "Rye please", "1", ">", "2 rye"])
    func misses(text: String) {
        #expect(ChoiceMatching.response(to: text, among: Self.offers, now: Self.now, within: Self.week) == nil)
    }

    @Test("an offer that is too old is not answered any more, and the metadata is that of the offer")
    func age() {
        let response = ChoiceMatching.response(to: "rye", among: Self.offers, now: Self.now, within: Self.week)
        let late = ChoiceMatching.response(to: "rye", among: Self.offers, now: Self.now + 7 * 86_400, within: Self.week)

        #expect(response == ChoiceResponse(messageID: "new", postback: "new_Rye", metadata: "ask"))
        #expect(late == nil)
    }
}
