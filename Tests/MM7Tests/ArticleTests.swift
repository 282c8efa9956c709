import Foundation
import MM7
import Testing

/// The code of the articles in `MM7.docc`, which has to compile and to be true.
@Suite struct ArticleTests {
    @Test("a picture goes out and a message from a handset comes in as the article says")
    func sendingAndReceiving() throws {
        let gif = [UInt8]("GIF89a".utf8)

        let profile = Profile.standard
        let picture = OutgoingPart(contentType: "image/gif", name: "sun.gif", bytes: gif[...])
        let content = try EncodedContent([picture], profile: profile)

        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", vasID: "news", address: .shortCode("55512")),
            recipients: Recipients(to: [.msisdn("15550100")])
        )
        request.subject = "Sun"
        request.deliveryReport = true

        let writer = MessageWriter(profile: profile)
        let message = try writer.write(request, transactionID: "t-41", content: content)

        let sent = try MessageReader().read(message.bytes, contentType: message.contentType)
        request.content = ContentReference(href: "cid:mm7-content")
        #expect(sent.envelope.body == .submitReq(request))
        #expect(sent.content.map { Array($0.bytes) }.last == gif)

        try receive(handsetMessage(writer), writer)
    }

    /// What a relay posts: a text and a presentation.
    private func handsetMessage(_ writer: MessageWriter) throws -> EncodedMessage {
        let text = OutgoingPart(contentType: "text/plain", bytes: Array("Hello".utf8)[...])
        let content = try EncodedContent([text], profile: writer.profile)
        return try writer.write(
            DeliverReq(sender: Address(.number, "+1 555-0101")), transactionID: "mo-1", content: content)
    }

    private func receive(_ message: EncodedMessage, _ writer: MessageWriter) throws {
        let (body, contentType) = (message.bytes, message.contentType)

        let received = try MessageReader().read(body, contentType: contentType)
        #expect(received.envelope.operationName == "DeliverReq")
        guard case .deliverReq(let delivery) = received.envelope.body else { return }

        let sender = delivery.sender?.normalized
        let media = received.content.filter { !$0.isPresentation }
        let texts = media.compactMap(\.text)

        let answer = try writer.write(received.envelope.answer(.success, side: .vasp))

        #expect(sender == "15550101")
        #expect(texts == ["Hello"])
        let answered = try MessageReader().read(answer.bytes, contentType: answer.contentType).envelope
        #expect(answered.transactionID == "mo-1")
        #expect(answered.status == ResponseStatus(.success, text: "Success"))
    }

    @Test("what cannot be read is answered as the article says")
    func refusing() throws {
        let unread = Array("<DeliveryReportReq><MMStatus>Expired</MMStatus></DeliveryReportReq>".utf8)
        let error = try #require(throws: MM7Error.self) {
            _ = try MessageReader().read(unread, contentType: "text/xml")
        }

        let status = ResponseStatus(error.statusCode)
        let refusal = error.head.response(status) ?? error.head.fault(status, side: .vasp)

        #expect(refusal.body == .deliveryReportRsp(DeliveryReportRsp(status: ResponseStatus(.messageFormatCorrupt))))
    }

    @Test("a profile is made for a peer as the article says")
    func profile() throws {
        var profile = Profile.named("nowsms") ?? .standard
        profile.namespaceStyle = .prefixedRoot
        profile.transferEncoding = .base64
        profile.recipientsPerRequest = 1

        let message = try MessageWriter(profile: profile).write(
            SubmitReq(sender: SenderIdentification(), recipients: Recipients(to: [.msisdn("15550100")])),
            transactionID: "t-1", content: nil)
        #expect(String(decoding: message.bytes, as: UTF8.self).contains("<Number>+15550100</Number>"))
    }

    @Test(
        "every line of code in the articles stands in this file",
        arguments: ["SendingAndReceiving", "SpeakingWithAPeer"])
    func lines(article: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        let text = try String(
            contentsOf: root.appendingPathComponent("Sources/MM7/MM7.docc/\(article).md"), encoding: .utf8)
        let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
            .split(separator: "\n").map { $0.drop { $0 == " " } }

        let blocks = text.split(separator: "```", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map(\.element)
        let missing = blocks.flatMap { $0.split(separator: "\n").dropFirst() }.map { $0.drop { $0 == " " } }
            .filter { !source.contains($0) }

        #expect(!blocks.isEmpty)
        #expect(missing == [])
    }
}
