import Testing

@testable import MM7

@Suite struct PresentationReadingTests {
    private let media = [
        part("image/jpeg", id: "a.jpg", location: "a.jpg", text: "a"),
        part("image/jpeg", id: "2@relay", location: "b.jpg", text: "b"),
        part("text/plain", id: nil, location: nil, name: "note.txt", text: "note"),
        part("audio/amr", id: "tune%2Eamr", text: "tune"),
        part("text/x-vcard", id: "card", text: "card"),
    ]

    private static func part(
        _ type: String, id: String? = nil, location: String? = nil, name: String? = nil, text: String
    ) -> Part {
        Part(
            contentType: ContentType(type) ?? ContentType(type: "", subtype: ""), contentID: id,
            contentLocation: location, name: name, bytes: Array(text.utf8)[...])
    }

    private func message(_ presentation: String) -> ReceivedMessage {
        let smil = Self.part("application/smil", id: "smil", text: presentation)
        return ReceivedMessage(
            envelope: Envelope(transactionID: nil, body: .deliverReq(DeliverReq(sender: nil))),
            content: [media[4]] + [smil] + media[..<4])
    }

    private func names(_ parts: [Part]) -> [String] { parts.map { String(decoding: $0.bytes, as: UTF8.self) } }

    @Test(
        "media comes in the order of the presentation, the rest after it",
        arguments: [
            ("doctype.smil", [["note", "b"], ["tune"], ["a"]], ["note", "b", "tune", "a", "card"]),
            ("capitals.smil", [["a", "note"], ["b", "a"]], ["a", "note", "b", "card", "tune"]),
            ("nested.smil", [["b"], ["tune", "note"]], ["b", "tune", "note", "card", "a"]),
        ])
    func order(fixture: String, slides: [[String]], order: [String]) throws {
        let message = message(try Fixture.text("Presentations/\(fixture)"))

        #expect(message.slides.map(names) == slides)
        #expect(names(message.media) == order)
        #expect(message.presentation?.contentID == "smil")
    }

    @Test(
        "a presentation that cannot be read changes nothing",
        arguments: [
            "", "no XML", "<smil><body><img src='b.jpg'/>", "<html><body><img src='b.jpg'/></body></html>",
            "<smil><img src='b.jpg'/></smil>", "<smil><body><img src='&b;'/></body></smil>", "<!DOCTYPE smil",
            "<!DOCTYPE smil [<!ENTITY b 'b.jpg'>]><smil><body><img src='&b;'/></body></smil>",
            "<!DOCTYPE smil PUBLIC '[' ><!DOCTYPE smil><smil><body><img src='b.jpg'/></body></smil>",
            "<smil><body>" + String(repeating: "<par>", count: 50_000),
            "<smil><body>" + String(repeating: "<img src='b.jpg'/>", count: 5_000) + "</body></smil>",
            "<smil><!--" + String(repeating: "x", count: 100_000) + "--><body><img src='b.jpg'/></body></smil>",
        ])
    func unreadable(text: String) {
        let message = message(text)

        #expect(message.slides.isEmpty)
        #expect(names(message.media) == ["card", "a", "b", "note", "tune"])
    }

    @Test("without a presentation the parts are in order")
    func noPresentation() {
        var message = message("")
        message.content = media

        #expect(message.presentation == nil)
        #expect(names(message.media) == ["a", "b", "note", "tune", "card"])
    }

    @Test("a presentation in another charset is read")
    func charset() {
        let smil = "<smil><body><img src='b.jpg'/></body></smil>"
        var message = message("")
        message.content[1].bytes = ([0xFF, 0xFE] + smil.utf8.flatMap { [$0, 0] })[...]

        #expect(message.slides.map(names) == [["b"]])
    }

    @Test("what is written is shown in the order it was given", arguments: 0..<50 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = Random(state: seed)
        let types = ["image/jpeg", "image/gif", "video/mp4", "audio/amr", "text/plain", "text/x-vcard", "image/odd"]
        let names = [nil, "a", "été 1.jpg", "a.JPG", "..", "x.smil", "smil.smil", "100%.gif", "a&\"<b>'.txt"]
        let parts = (0..<Int.random(in: 1...12, using: &random)).map { index in
            OutgoingPart(
                contentType: types.randomElement(using: &random) ?? "",
                name: names.randomElement(using: &random) ?? nil,
                bytes: Array("part \(index)".utf8)[...])
        }
        var profile = Profile.standard
        profile.mediaReference = Bool.random(using: &random) ? .contentID : .name
        let written = try MessageWriter(profile: profile).write(
            DeliverReq(sender: .msisdn("15550100")), transactionID: "t-1",
            content: EncodedContent(parts, profile: profile))

        let message = try MessageReader().read(written.bytes, contentType: written.contentType)

        let shown = parts.filter { ContentType($0.contentType).flatMap { SMILDocument.Medium($0) } != nil }
        let others = parts.filter { ContentType($0.contentType).flatMap { SMILDocument.Medium($0) } == nil }
        #expect(self.names(message.slides.flatMap { $0 }) == shown.map { String(decoding: $0.bytes, as: UTF8.self) })
        #expect(self.names(message.media) == (shown + others).map { String(decoding: $0.bytes, as: UTF8.self) })
    }
}

/// Random enough, and the same for the same seed.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
