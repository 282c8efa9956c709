import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Messages as MMS")
struct MMSRenderingTests {
    private static let map = "https://www.google.com/maps/search/?api=1&query=47.79819,-4.3727684"
    private static let angle = TranscodingStyle(bullet: .angle)

    @Test(
        "each form of message has a text and media",
        arguments: [
            ("send-text", "Your bread is in the oven.", "Your bread is in the oven.", []),
            ("send-media-strict", nil, nil, ["rye"]),
            ("send-location", "The oven: \(map)", "The oven: \(map)", []),
            (
                "send-choice",
                "How many?\n* Two loaves\n* The bakery: +12025550161\n* Our menu: https://bakery.example/menu",
                "How many?\n> TWO LOAVES\n> The bakery: +12025550161\n> Our menu: https://bakery.example/menu", []
            ),
            (
                "send-card",
                """
                Rye of the week
                Dark, with honey
                * Two loaves
                * The bakery: +12025550161
                * Our menu: https://bakery.example/menu
                """,
                """
                Rye of the week
                Dark, with honey
                > TWO LOAVES
                > The bakery: +12025550161
                > Our menu: https://bakery.example/menu
                """, ["rye"]
            ),
            (
                "send-carousel",
                """
                Rye of the week
                Dark, with honey
                https://bakery.example/rye.jpg
                * Two loaves
                * The bakery: +12025550161
                * Our menu: https://bakery.example/menu
                White
                https://bakery.example/white.jpg
                * The oven: \(map)
                * Neither
                """,
                """
                Rye of the week
                Dark, with honey
                https://bakery.example/rye.jpg
                > TWO LOAVES
                > The bakery: +12025550161
                > Our menu: https://bakery.example/menu
                White
                https://bakery.example/white.jpg
                > The oven: \(map)
                > NEITHER
                """, []
            ),
            // The body for MMS is another than that for all.
            ("send-to-contact", nil, nil, ["door"]),
        ] as [(String, String?, String?, [String])])
    func forms(file: String, asterisk: String?, angle: String?, media: [String]) throws {
        let message = try Fixture.message(file)

        let first = try MMSRendering(message, style: TranscodingStyle()).content
        let second = try MMSRendering(message, style: Self.angle).content

        #expect(first.text == asterisk)
        #expect(second.text == angle)
        #expect(first.media.map(\.url) == media.map { "https://bakery.example/\($0).jpg" })
        #expect(first.subject == nil)
        #expect(!first.isStrict)
    }

    @Test("a card's title may be the subject, and is not in the text then")
    func subject() throws {
        let content = try MMSRendering(
            try Fixture.message("send-card"), style: TranscodingStyle(cardTitle: .subject), isStrict: true
        ).content

        #expect(content.subject == "Rye of the week")
        #expect(content.text?.hasPrefix("Dark, with honey\n* Two loaves") == true)
        #expect(content.isStrict)
    }

    @Test("a title that is too long for a subject is cut there, and whole in the text")
    func longTitle() throws {
        let title = String(repeating: "rye ", count: 30)
        let message = try AppMessage(["card_message": ["title": .string(title)]])

        let content = try MMSRendering(message, style: TranscodingStyle(cardTitle: .subject)).content

        #expect(content.subject == String(title.prefix(80)))
        #expect(content.text == title)
    }

    @Test(
        "what MMS cannot say is refused", arguments: ["send-list", "send-contact-info", "send-template"])
    func refused(file: String) throws {
        let message = try Fixture.message(file)

        let reason = #expect(throws: DeliveryReason.self) { try MMSRendering(message, style: TranscodingStyle()) }

        #expect(reason?.code == .unsupportedOperation)
    }

    @Test("a text that is too long after all is refused")
    func tooLong() throws {
        let half = JSONValue.string(String(repeating: "x", count: 3000))
        let message = try AppMessage(["card_message": ["title": half, "description": half]])

        let reason = #expect(throws: DeliveryReason.self) { try MMSRendering(message, style: TranscodingStyle()) }

        #expect(reason?.code == .badRequest)
    }

    @Test("the channel's own payload goes before everything else")
    func explicit() throws {
        let payload = #"{"subject":"Hot","text":"Now","media":[{"url":"https://bakery.example/hot.jpg"}]}"#
        let message = try AppMessage([
            "text_message": ["text": "Warm"], "explicit_channel_message": ["MMS": .string(payload), "SMS": "Warm?"],
            "explicit_channel_omni_message": ["MMS": ["text_message": ["text": "Lukewarm"]]],
        ])

        let content = try MMSRendering(message, style: TranscodingStyle()).content

        #expect(
            content == Content(subject: "Hot", text: "Now", media: [.init(url: "https://bakery.example/hot.jpg")]))
    }

    @Test("the answer of transcode is a payload that may be sent as it is")
    func payload() throws {
        let request = try TranscodeRequest(body: try Fixture.bytes("requests/transcode"))
        let rendering = try MMSRendering(request.message, style: TranscodingStyle())

        let response = try JSONValue(printing: TranscodeResponse(message: MMSPayload(rendering.content)))

        #expect(response == ["transcoded_message": ["MMS": .string(#"{"text":"The oven: \#(Self.map)"}"#)]])
        #expect(MMSPayload(text: #"{"text":"The oven"}"#)?.text == "The oven")
        #expect(request.channels == [.mms])
    }

    @Test(
        "a transcoding is asked for MMS",
        arguments: [("[]", "channels: must have"), (#"["MMS","SMS"]"#, "channels[1]: ")])
    func channels(channels: String, violation: String) throws {
        var json = try Fixture.json("requests/transcode")
        json["channels"] = JSONValue(text: channels)

        let found = Bakery.violations(of: json.text, as: TranscodeRequest.self)

        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(violation) == true)
    }

    @Test("the texts of choices are offered, each with what comes back")
    func offered() throws {
        let choices = try MMSRendering(try Fixture.message("send-carousel"), style: Self.angle).choices

        #expect(choices.map(\.text) == ["Two loaves", "Neither"])
        #expect(choices.map { $0.postback(in: "M") } == [#"{"loaves":2}"#, "M_Neither"])
    }
}
