import Foundation
import Testing

@testable import MM7

@Suite struct EncodedContentTests {
    private let picture = [UInt8](repeating: 0xFF, count: 500) + Array("\r\n--mm7".utf8)
    private let note = Array("Grüße".utf8)

    private var parts: [OutgoingPart] {
        [
            OutgoingPart(contentType: "image/jpeg", name: "été 1.JPG", bytes: picture[...]),
            OutgoingPart(contentType: "text/plain", bytes: note[...]),
        ]
    }

    private var request: SubmitReq {
        SubmitReq(sender: SenderIdentification(vaspID: "acme"), recipients: Recipients(to: [.msisdn("15550100")]))
    }

    private func content(_ profile: Profile) throws -> EncodedContent {
        var generator = CountingGenerator()
        return try EncodedContent(parts, profile: profile, using: &generator)
    }

    @Test("a message has the layout that relays agree on")
    func layout() throws {
        let content = try content(.sinch)
        let message = try MessageWriter(profile: .sinch).write(request, transactionID: "t-1", content: content)
        let outer = "mm7_=_00000000000000010000000000000002"
        let inner = "mms_=_00000000000000030000000000000004"

        let envelope = """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>\
            <TransactionID xmlns="\(Profile.sinch.namespace)" env:mustUnderstand="1">t-1</TransactionID></env:Header>\
            <env:Body><SubmitReq xmlns="\(Profile.sinch.namespace)"><MM7Version>6.8.0</MM7Version>\
            <SenderIdentification><VASPID>acme</VASPID></SenderIdentification>\
            <Recipients><To><Number>15550100</Number></To></Recipients>\
            <Content href="cid:mm7-content"/></SubmitReq></env:Body></env:Envelope>
            """
        let smil = """
            <smil><head><layout><root-layout width="100%" height="100%"/>\
            <region id="Image" left="0" top="0%" width="100%" height="70%" fit="meet"/>\
            <region id="Text" left="0" top="70%" width="100%" height="30%" fit="scroll"/></layout></head>\
            <body><par dur="5s"><img src="cid:t1.JPG" region="Image"/><text src="cid:text_1.txt" region="Text"/></par>\
            </body></smil>
            """
        let head = """
            --\(outer)
            Content-Type: text/xml; charset=utf-8
            Content-ID: <mm7-soap>
            Content-Transfer-Encoding: 8bit


            """.crlf
        let middle = """

            --\(outer)
            Content-Type: multipart/related; type="application/smil"; start="<smil.smil>"; boundary="\(inner)"
            Content-ID: <mm7-content>

            --\(inner)
            Content-Type: application/smil; charset=utf-8
            Content-ID: <smil.smil>
            Content-Location: smil.smil
            Content-Transfer-Encoding: 8bit

            \(smil)
            --\(inner)
            Content-Type: image/jpeg
            Content-ID: <t1.JPG>
            Content-Location: t1.JPG
            Content-Transfer-Encoding: binary


            """.crlf
        let end = """

            --\(inner)
            Content-Type: text/plain; charset=utf-8
            Content-ID: <text_1.txt>
            Content-Location: text_1.txt
            Content-Transfer-Encoding: 8bit

            Grüße
            --\(inner)--

            --\(outer)--

            """.crlf
        #expect(message.bytes == head + Array(envelope.utf8) + middle + picture + end)
        #expect(message.byteCount == message.bytes.count)
        #expect(
            message.contentType
                == "multipart/related; type=\"text/xml\"; start=\"<mm7-soap>\"; boundary=\"\(outer)\"")
    }

    @Test("what is written is read back", arguments: Profile.known, [Profile.TransferEncoding.binary, .base64])
    func roundTrip(profile: Profile, encoding: Profile.TransferEncoding) throws {
        var profile = profile
        profile.transferEncoding = encoding
        for presentation in [Profile.Presentation.smil, .none] {
            profile.presentation = presentation
            var request = request
            request.allowAdaptations = false
            let written = try MessageWriter(profile: profile)
                .write(request, transactionID: "t-1", content: content(profile))

            let message = try MessageReader().read(written.bytes, contentType: written.contentType)

            let media = message.content.filter { !$0.isPresentation }
            #expect(message.content.count - media.count == (presentation == .smil ? 1 : 0))
            #expect(media.map { Array($0.bytes) } == [picture, note])
            #expect(media.map(\.contentID) == ["t1.JPG", "text_1.txt"])
            #expect(message.envelope.submitReq?.allowAdaptations == false)
            #expect(message.notes.isEmpty)
        }
    }

    @Test("a message from a handset is written and read back")
    func deliver() throws {
        let request = DeliverReq(sender: .msisdn("15550100"))
        let written = try MessageWriter(profile: .standard)
            .write(request, transactionID: "t-1", content: content(.standard))

        let message = try MessageReader().read(written.bytes, contentType: written.contentType)

        #expect(message.envelope.deliverReq?.sender == .msisdn("15550100"))
        #expect(message.content.count == 3)
    }

    @Test("messages of a batch share the media")
    func shared() throws {
        let content = try content(.standard)
        let writer = MessageWriter(profile: .standard)
        let first = try writer.write(request, transactionID: "t-1", content: content)
        let second = try writer.write(request, transactionID: "t-2", content: content)

        for (one, other) in zip(first.segments, second.segments).dropFirst() {
            let addresses = (
                one.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) },
                other.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
            )
            #expect(addresses.0 == addresses.1)
        }
    }

    @Test("the customer's own presentation is sent first in place of ours")
    func ownPresentation() throws {
        let own = OutgoingPart(contentType: "application/smil", name: "my.smil", bytes: Array("<smil/>".utf8)[...])
        let content = try EncodedContent(parts + [own], profile: .sinch)
        let written = try MessageWriter(profile: .sinch).write(request, transactionID: "t", content: content)

        let message = try MessageReader().read(written.bytes, contentType: written.contentType)

        #expect(message.content.map(\.contentID) == ["my.smil", "t1.JPG", "text_1.txt"])
        #expect(content.names == ["t1.JPG", "text_1.txt", "my.smil"])
    }

    @Test(
        "names are ASCII, unique and of the right extension",
        arguments: [
            (["a.jpg", "A.JPG", "a.jpg"], ["a.jpg", "A_1.JPG", "a_2.jpg"]),
            (["photo.png", nil, ""], ["photo.jpg", "image_1.jpg", "image_2.jpg"]),
            (["../../etc/passwd", "v1.2", ".jpg"], ["passwd.jpg", "v1.2.jpg", "image_2.jpg"]),
            (["猫.jpg", "\r\nX: y", "a b.jpeg"], ["image_0.jpg", "Xy.jpg", "ab.jpeg"]),
        ] as [([String?], [String])])
    func names(wanted: [String?], given: [String]) throws {
        let parts = wanted.map { OutgoingPart(contentType: "image/jpeg", name: $0, bytes: picture[...]) }

        #expect(try EncodedContent(parts, profile: .standard).names == given)
    }

    @Test(
        "a media type that cannot stand in a header is refused",
        arguments: ["", "image", "image/jpeg\r\nX: y", "imagé/jpeg", "multipart/mixed; boundary=x"])
    func badTypes(type: String) {
        let error = #expect(throws: MM7Error.self) {
            _ = try EncodedContent([OutgoingPart(contentType: type, bytes: picture[...])], profile: .standard)
        }
        #expect(error?.code == .unencodable)
    }

    @Test("no parts are no content")
    func noParts() {
        #expect(throws: MM7Error.self) { _ = try EncodedContent([], profile: .standard) }
    }
}
