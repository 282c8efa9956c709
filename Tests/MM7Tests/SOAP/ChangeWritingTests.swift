import Foundation
import Testing

@testable import MM7

@Suite("Taking back and replacing what was submitted")
struct ChangeWritingTests {
    private let sender = SenderIdentification(vaspID: "acme", vasID: "acme-news", address: .shortCode("55512"))
    private let noon = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("a CancelReq names its message after its sender")
    func cancel() throws {
        var request = CancelReq(sender: sender, messageID: "m-1")
        request.applicID = "app"

        let text = try written(.cancelReq(request), .standard)

        #expect(
            text.contains(
                "<MM7Version>6.8.0</MM7Version><SenderIdentification><VASPID>acme</VASPID><VASID>acme-news</VASID>"
                    + "<SenderAddress><ShortCode>55512</ShortCode></SenderAddress></SenderIdentification>"
                    + "<MessageID>m-1</MessageID><ApplicID>app</ApplicID></CancelReq>"))
    }

    @Test("a ReplaceReq has its elements in schema order, the content last")
    func replace() throws {
        var request = ReplaceReq(sender: SenderIdentification(vaspID: "acme"), messageID: "m-1")
        request.serviceCode = "s"
        request.timeStamp = noon
        request.readReply = false
        request.earliestDeliveryTime = .relative(seconds: 60)
        request.distributionIndicator = true
        request.contentClass = .text
        request.drmContent = false
        request.replyApplicID = "r"

        // Long lines end between two elements.
        let text = try written(.replaceReq(request), .standard, content: [picture]).replacing("\n<", with: "<")

        #expect(
            text.contains(
                "<MessageID>m-1</MessageID><ServiceCode>s</ServiceCode><TimeStamp>2023-11-14T22:13:20Z</TimeStamp>"
                    + "<ReadReply>false</ReadReply><EarliestDeliveryTime>2023-11-14T22:14:20Z</EarliestDeliveryTime>"
                    + "<DistributionIndicator>true</DistributionIndicator><ContentClass>text</ContentClass>"
                    + "<DRMContent>false</DRMContent><ReplyApplicID>r</ReplyApplicID>"
                    + "<Content href=\"cid:mm7-content\"/></ReplaceReq>"))
    }

    @Test("of a status the extended pair's responses carry the code alone")
    func extendedResponses() throws {
        let refused = ResponseStatus(.notPossible, text: "too late", details: "gone")

        let cancel = try written(.extendedCancelRsp(ExtendedCancelRsp(status: refused)), .standard)
        let replace = try written(
            .extendedReplaceRsp(ExtendedReplaceRsp(messageID: "m-1", status: refused)), .standard)

        #expect(cancel.contains("</MM7Version><Status><StatusCode>3001</StatusCode></Status></extendedCancelRsp>"))
        #expect(
            replace.contains(
                "<MessageID>m-1</MessageID><Status><StatusCode>3001</StatusCode></Status></extendedReplaceRsp>"))
    }

    @Test("a request that the peer does not take is refused by name")
    func notTaken() {
        let cancel = Envelope.Body.cancelReq(CancelReq(sender: sender, messageID: "m-1"))
        let extended = Envelope.Body.extendedCancelReq(ExtendedCancelReq(sender: sender, cancelID: "c-1"))
        var release5 = Profile.nowsms
        release5.operations = .all

        for (body, profile, reason) in [
            (cancel, .sinch, "profile 'sinch' takes no CancelReq"),
            (extended, .standard, "profile 'standard' takes no extendedCancelReq"),
            (extended, release5, "the schema of the namespace has no extendedCancelReq"),
        ] as [(Envelope.Body, Profile, String)] {
            let error = #expect(throws: MM7Error.self) { _ = try written(body, profile) }
            #expect(error?.code == .unencodable && error?.reason == reason)
        }
    }

    @Test("a telephone number without digits is refused")
    func numberWithoutDigits() {
        let request = CancelReq(sender: SenderIdentification(address: .msisdn("+")), messageID: "m-1")

        let error = #expect(throws: MM7Error.self) { _ = try written(.cancelReq(request), .standard) }

        #expect(error?.code == .unencodable && error?.element == "Number")
    }

    @Test("content is refused for an operation that has no place for it")
    func contentWithoutPlace() {
        let error = #expect(throws: MM7Error.self) {
            _ = try written(
                .cancelReq(CancelReq(sender: sender, messageID: "m-1")), .standard, content: [picture])
        }

        #expect(error?.reason == "CancelReq carries no content")
    }

    @Test("the oldest schema's flag protects from distribution, the others' allows it")
    func distribution() throws {
        var request = ReplaceReq(sender: sender, messageID: "m-1")
        request.distributionIndicator = false

        let oldest = try written(.replaceReq(request), .mbuni)
        let later = try written(.replaceReq(request), .nowsms)

        #expect(oldest.contains("<DistributionProtection>true</DistributionProtection>"))
        #expect(later.contains("<DistributionIndicator>false</DistributionIndicator>"))
        #expect(!oldest.contains("DistributionIndicator") && !later.contains("DistributionProtection"))
    }

    private var picture: OutgoingPart { OutgoingPart(contentType: "image/gif", bytes: [0x47, 0x49, 0x46][...]) }

    private func written(
        _ body: Envelope.Body, _ profile: Profile, content: [OutgoingPart] = []
    ) throws -> String {
        let encoded = try content.isEmpty ? nil : EncodedContent(content, profile: profile)
        let message = try MessageWriter(profile: profile)
            .write(Envelope(transactionID: "t-1", body: body), content: encoded)
        return String(decoding: message.bytes, as: UTF8.self)
    }
}
