import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("messages:transcode")
struct TranscodingRouteTests {
    private let face = Face()

    @Test("the message as MMS, as the text of its own JSON")
    func preview() async throws {
        let answer = try await face.call(.post, "messages:transcode", try Fixture.json("requests/transcode"))

        #expect(answer.status == .ok)
        let text = try answer.json["transcoded_message"]?.word("MMS") ?? ""
        #expect(JSONValue(text: text)?.word("text").contains("https://www.google.com/maps/search/") == true)
    }

    @Test(
        "all that MMS can say has a form, and what it cannot is refused with the reason",
        arguments: [
            ("send-text", true), ("send-media-strict", true), ("send-card", true), ("send-choice", true),
            ("send-carousel", true), ("send-location", true), ("send-list", false), ("send-contact-info", false),
            ("send-template", false),
        ])
    func kinds(name: String, isPossible: Bool) async throws {
        let body: JSONValue = [
            "app_id": .string(Bakery.app), "channels": ["MMS"],
            "app_message": try Fixture.json("requests/\(name)")["message"] ?? .null,
        ]

        let answer = try await face.call(.post, "messages:transcode", body)

        if isPossible {
            #expect(try answer.json["transcoded_message"]?.members.map(\.name) == ["MMS"])
        } else {
            #expect(try answer.refusal == "400 INVALID_ARGUMENT")
            #expect(try answer.message.contains("MMS cannot carry"))
        }
    }

    @Test("an unknown app is not found")
    func unknown() async throws {
        var body = try Fixture.json("requests/transcode")
        body["app_id"] = .string(Face.nobody)

        #expect(try await face.call(.post, "messages:transcode", body).refusal == "404 NOT_FOUND")
    }
}
