import CurlHTTP
import Foundation
import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("What an answer means that is no whole MM7 answer")
struct UnreadableAnswerTests {
    private let claim = SubmissionBench.claim(transactionID: "t-1")

    @Test(
        "without a readable envelope the HTTP status decides",
        arguments: [
            (200, "", "answer lost"), (200, "<html><body>Welcome</body></html>", "answer lost"),
            (200, "<env:Envelope", "answer lost"), (401, "", "misconfigured"), (403, "denied", "misconfigured"),
            (302, "", "misconfigured"), (400, "", "doubtful"), (422, "", "doubtful"), (404, "", "misconfigured"),
            (405, "", "misconfigured"), (410, "", "misconfigured"), (413, "", "misconfigured"),
            (415, "", "misconfigured"), (421, "", "misconfigured"), (426, "", "misconfigured"),
            (451, "", "misconfigured"), (501, "<html>Not implemented</html>", "misconfigured"),
            (408, "", "transient"), (429, "", "transient"), (503, "", "transient"),
            (500, "<html>NullPointerException</html>", "uncertain"), (502, "<html>Bad gateway</html>", "uncertain"),
            (504, "", "uncertain"), (507, "", "uncertain"), (599, "", "uncertain"),
        ])
    func withoutEnvelope(status: Int, body: String, expected: String) {
        let response = HTTPResponse(status: status, headers: ["Content-Type": "text/html"], body: Array(body.utf8))

        let verdict = Verdict(MMSCAnswer(response, to: .submitReq), profile: .standard, to: claim)

        #expect(verdict.kind == expected)
    }

    @Test("a 413 refuses what is larger than all that was taken before, and nothing else")
    func tooLarge() {
        let response = HTTPResponse(
            status: 413, headers: ["Content-Type": "text/html"], body: Array("<html>".utf8))
        let verdict = Verdict(MMSCAnswer(response, to: .submitReq), profile: .standard, to: claim)
        func judged(_ octets: Int, largest: Int) -> String {
            verdict.judgingSize(of: octets, largestTaken: largest).kind
        }

        #expect(judged(300_001, largest: 300_000) == "refused")
        #expect(judged(300_000, largest: 300_000) == "misconfigured")
        #expect(judged(1_000_000, largest: 0) == "misconfigured")
    }

    @Test("an answer that breaks off behind its MessageID is one, and one that breaks off before its status is none")
    func brokenOff() throws {
        let written = try MessageWriter(profile: .standard)
            .write(Envelope(transactionID: "t-1", body: .submitRsp(SubmitRsp(status: .success, messageID: "m-1"))))
        func answer(_ body: [UInt8], status: Int = 200) -> MMSCAnswer? {
            MMSCAnswer(
                HTTPFailure(
                    kind: .connectionLost, requestMayHaveArrived: true, message: "lost",
                    response: HTTPResponse(status: status, body: body)), to: .submitReq)
        }
        let lost = HTTPFailure(kind: .connectionLost, requestMayHaveArrived: true, message: "lost")

        let whole = try #require(answer(written.bytes))
        #expect(Verdict(whole, profile: .standard, to: claim) == .accepted(messageID: "m-1", .success))
        let odd = try #require(answer(written.bytes.dropLast(12), status: 500))
        #expect(Verdict(odd, profile: .standard, to: claim) == .accepted(messageID: "m-1", .success))
        for length in written.bytes.indices {
            guard let cut = answer(Array(written.bytes.prefix(length))) else { continue }
            #expect(Verdict(cut, profile: .standard, to: claim) == .accepted(messageID: "m-1", .success))
        }
        #expect(answer([]) == nil)
        #expect(MMSCAnswer(lost, to: .submitReq) == nil)
    }

    /// A SubmitRsp of 1000 that names the message m-1, as Python's gzip packs it.
    private static let packed = """
        H4sIAAAAAAACA01Ouw7CQAz7FdSd5rqeQgYeAwMLfMFBoxap91CTVvD3XCWq6xTbSWwjh9lewsxDTLz7+CGIzdKh6lWTBZBXz95J\
        nTcSXarj2MECgP8/UBEuHsfYfgkf09O/9S4pQ3U6yTpPsWVqjDEIG2ElhDcWcR1fz+T3DUKh+aR4QkmCbXH6AVPR3NvHAAAA
        """

    @Test("an answer in gzip is one though nobody says that it is, whole or cut behind its MessageID")
    func unnamedCoding() throws {
        let packed = try #require(Data(base64Encoded: Self.packed)).map(\.self)
        func verdict(_ body: [UInt8]) -> Verdict {
            let response = HTTPResponse(status: 200, headers: ["Content-Type": "text/xml"], body: body)
            return Verdict(MMSCAnswer(response, to: .submitReq), profile: .standard, to: claim)
        }

        #expect(verdict(packed) == .accepted(messageID: "m-1", .success))
        #expect(verdict(packed.dropLast(8)) == .accepted(messageID: "m-1", .success))
        #expect(verdict(Array(packed.prefix(20))).kind == "answer lost")
    }

    @Test("Retry-After is the MMSC's wish, a day at most")
    func retryAfter() {
        func verdict(_ status: Int) -> Verdict {
            let response = HTTPResponse(status: status, headers: ["Retry-After": "120"], body: [])
            return Verdict(MMSCAnswer(response, to: .submitReq), profile: .standard, to: claim)
        }

        #expect(
            verdict(503)
                == .transient(nil, reason: "HTTP 503 without a readable MM7 answer", retryAfter: .seconds(120)))
        #expect(
            verdict(502) == .uncertain(reason: "HTTP 502 without a readable MM7 answer", retryAfter: .seconds(120)))
    }

    @Test("a failure before anything was sent is repeated freely, a later one is in doubt")
    func failures() {
        let refused = HTTPFailure(kind: .connectionFailed, requestMayHaveArrived: false, message: "refused")
        let lost = HTTPFailure(kind: .timedOut, requestMayHaveArrived: true, message: "timed out")
        let garbled = HTTPFailure(kind: .invalidURL, requestMayHaveArrived: true, message: "no HTTP")

        #expect(Verdict(refused) == .unreachable(reason: "refused"))
        for kind in [HTTPFailure.Kind.certificate, .clientCertificate, .tls, .login] {
            let failure = HTTPFailure(kind: kind, requestMayHaveArrived: false, message: "why")
            #expect(Verdict(failure) == .unreachable(reason: "why"))
        }
        #expect(Verdict(lost) == .answerLost(reason: "timed out"))
        #expect(Verdict(garbled) == .answerLost(reason: "no HTTP"))
    }

    @Test(
        "of an answer that broke off the HTTP status decides, where it is none of success",
        arguments: [(503, "transient"), (502, "uncertain"), (401, "misconfigured"), (200, "answer lost")])
    func brokenOffPage(status: Int, expected: String) {
        let failure = HTTPFailure(
            kind: .connectionLost, requestMayHaveArrived: true, message: "lost",
            response: HTTPResponse(status: status, body: Array("<html>".utf8)))

        let answer = MMSCAnswer(failure, to: .submitReq)
        let verdict = answer.map { Verdict($0, profile: .standard, to: claim) } ?? Verdict(failure)
        #expect(verdict.kind == expected)
    }
}
