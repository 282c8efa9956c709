import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What messages:send takes")
struct SendRequestTests {
    @Test(
        "every form of message is taken and given back as it came",
        arguments: [
            "send-text", "send-media-strict", "send-card", "send-choice", "send-carousel", "send-location", "send-list",
            "send-contact-info", "send-template", "send-to-contact",
        ])
    func forms(file: String) throws {
        let message = try Fixture.message(file)

        #expect(message.source == (try Fixture.json("requests/\(file)"))["message"])
    }

    @Test("a request with everything has it all")
    func everything() throws {
        let request = try SendRequest(body: try Fixture.bytes("requests/send-text"))

        #expect(request.appID == Bakery.app)
        #expect(request.recipient == .identities([ChannelIdentity(.mms, "12025550117")]))
        #expect(request.message.body == .text("Your bread is in the oven."))
        #expect(request.options.channelOrder == [.mms])
        #expect(request.options.properties == ChannelProperties(sender: "12025550160"))
        #expect(request.options.callbackURL == "https://bakery.example/receipts")
        #expect(request.options.ttlSeconds == 3600)
        #expect(request.queue == .high)
        #expect(request.messageMetadata == "loaf-12")
        #expect(request.correlationID == "oven-3")
    }

    @Test("metadata of the conversation, strict media, a contact and another mode are read")
    func others() throws {
        let choice = try SendRequest(body: try Fixture.bytes("requests/send-choice"))
        let strict = try SendRequest(body: try Fixture.bytes("requests/send-media-strict"))
        let contact = try SendRequest(body: try Fixture.bytes("requests/send-to-contact"))

        #expect(choice.conversationMetadata == ["order": ["id": 12]])
        #expect(choice.metadataStrategy == .mergePatch)
        #expect(strict.options.properties == ChannelProperties(sender: "12025550160", isStrict: true))
        #expect(contact.recipient == .contact(id: Bakery.contact))
        #expect(contact.options.mode(in: .conversation) == .dispatch)
        #expect(choice.options.mode(in: .conversation) == .conversation)
    }

    @Test("a member that is null is absent, and one that nobody knows is passed over")
    func nulls() throws {
        var json = try Fixture.json("requests/send-text")
        json["queue"] = .null
        json["color"] = "red"
        json["message"]?["color"] = "red"
        json["message"]?["media_message"] = .null

        let request = try SendRequest(json)

        #expect(request.queue == .normal)
        #expect(request.message.source == ["text_message": ["text": "Your bread is in the oven."]])
    }

    @Test("an identity is a number by its digits, and keeps an app where the channel has those")
    func identities() {
        #expect(ChannelIdentity(.mms, "+1 202-555-0117", appID: Bakery.app) == ChannelIdentity(.mms, "12025550117"))
        #expect(ChannelIdentity(.messenger, "ann b", appID: "x").appID == "x")
        #expect(ChannelIdentity(.mms, "nobody").number == nil)
    }

    @Test(
        "coordinates have 32 bits and no exponent",
        arguments: [
            ("47.7981899", "47.79819"), ("-4.3727685", "-4.3727684"), ("55", "55.0"), ("0.00001", "0.00001"),
            ("-0.000015", "-0.000015"), ("0.000123", "0.000123"),
        ])
    func coordinates(given: String, printed: String) throws {
        #expect(try #require(Float(given)).decimal == printed)
    }
}
