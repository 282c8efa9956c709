import HTTPTypes
import MM7
import Testing

@testable import MockMMSC

@Suite("Strict checks of a submission")
struct StrictSubmissionTests {
    @Test("what our writer writes passes, in every profile and style", arguments: Profile.known)
    func passes(profile: Profile) throws {
        for style in Profile.NamespaceStyle.allCases where style != .prefixedRoot || profile.version.hasPrefix("5") {
            for encoding in [Profile.TransferEncoding.binary, .base64] {
                for presentation in [Profile.Presentation.smil, .none] {
                    var profile = profile
                    profile.namespaceStyle = style
                    profile.transferEncoding = encoding
                    profile.presentation = presentation
                    let (bytes, headers) = try SampleSubmission(profile: profile).bytes()
                    var submission = StrictSubmission()

                    try submission.read(bytes[...], headers: headers, vaspID: "acme")

                    #expect(submission.transactionID == "t-1")
                    #expect(submission.namespace == profile.namespace)
                    #expect(submission.request?.recipients.map(\.normalized) == ["15550100001"])
                    #expect(submission.request?.subject == "Tea & biscuits")
                    let first = presentation == .smil ? ["application/smil"] : []
                    #expect(submission.leaves.map(\.type.type) == first + ["image/jpeg", "text/plain"])
                }
            }
        }
    }

    @Test(
        "each violation has its code",
        arguments: [
            ("TransactionID", "TransactionId", 0),
            (" env:mustUnderstand=\"1\"", "", 0),
            (">t-1<", "> <", 0),
            ("REL-6-MM7-1-4", "REL-6-MM7-6-7", 4004),
            ("http://schemas.xmlsoap.org/soap/envelope/", "http://schemas.xmlsoap.org/soap/soap-envelope", 4004),
            ("SubmitReq", "CancelReq", 4003),
            ("<MM7Version>6.8.0</MM7Version>", "", 4004),
            (">6.8.0<", ">7.0.0<", 4002),
            ("<VASPID>acme</VASPID>", "", 4001),
            (">acme<", ">other<", 4001),
            ("<DeliveryReport>true</DeliveryReport>", "<DeliveryReport>yes</DeliveryReport>", 4004),
            ("<DeliveryReport>", "<Subject>twice</Subject><DeliveryReport>", 4004),
            ("<Subject>", "<Content href=\"cid:mm7-content\"/><Subject>", 4004),
            ("<Subject>", "<Colour>red</Colour><Subject>", 4004),
            ("<Subject>", "<Subject xmlns=\"urn:other\">", 4004),
            ("<To>", "<From>", 4004),
            ("15550100001", "ext. 12", 2002),
            ("cid:mm7-content", "mm7-content", 4004),
            ("cid:mm7-content", "cid:elsewhere", 2007),
            ("Tea &amp; biscuits", "Tea &nbsp; biscuits", 4004),
            ("start=\"<mm7-soap>\"", "start=\"<elsewhere>\"", 2007),
            ("type=\"text/xml\"", "type=text/xml", 2007),
            ("multipart/related; type=\"text/xml\"", "multipart/mixed; type=\"text/xml\"", 2007),
            ("Content-Type: text/xml", "Content-Type: text/plain", 2007),
            ("Content-ID: <tea.jpg>\r\n", "", 2007),
            ("Content-ID: <tea.jpg>", "Content-ID: tea.jpg", 2007),
            ("Content-Type: image/jpeg\r\n", "", 2007),
            ("Content-Type: image/jpeg\r\n", "Content-Type: image/jpeg\n", 2007),
            ("Content-Type: text/plain; charset=utf-8", "Content-Type: application/smil", 2007),
            ("cid:tea.jpg", "cid:coffee.jpg", 2004),
            ("</smil>", "", 2004),
            ("--\r\n\r\n--mm7", "\r\n\r\n--mm7", 2007),
        ])
    func violations(old: String, new: String, code: Int) throws {
        let (bytes, headers) = try SampleSubmission().bytes(replacing: old, with: new)
        var submission = StrictSubmission()

        let violation = #expect(throws: Violation.self) {
            try submission.read(bytes[...], headers: headers, vaspID: "acme")
        }

        #expect(violation?.code.rawValue == code, "\(violation?.reason ?? "none")")
    }

    @Test("a chunked body and one of XML alone are refused")
    func transport() throws {
        let (bytes, headers) = try SampleSubmission().bytes()
        var chunked = headers
        chunked[.contentLength] = nil
        chunked[.transferEncoding] = "chunked"
        for headers in [chunked, [.contentLength: "10", .contentType: "text/xml"], [.contentLength: "10"]] {
            var submission = StrictSubmission()
            let violation = #expect(throws: Violation.self) {
                try submission.read(bytes[...], headers: headers, vaspID: nil)
            }
            #expect(violation?.code == .messageFormatCorrupt)
        }
    }

    @Test("a message cut anywhere is a violation and no more")
    func truncated() throws {
        let (bytes, headers) = try SampleSubmission().bytes()
        for length in stride(from: 0, to: bytes.count - 2, by: 7) {
            var submission = StrictSubmission()
            #expect(throws: Violation.self) {
                try submission.read(bytes[..<length], headers: headers, vaspID: nil)
            }
        }
    }
}
