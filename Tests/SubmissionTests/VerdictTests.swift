import CurlHTTP
import Foundation
import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("What an MMSC's answer means for the message")
struct VerdictTests {
    private let claim = SubmissionBench.claim(transactionID: "t-1")

    private func verdict(
        _ body: Envelope.Body, http: Int = 200, profile: Profile = .standard
    ) throws -> Verdict {
        let written = try MessageWriter(profile: profile).write(Envelope(transactionID: "t-1", body: body))
        let response = HTTPResponse(
            status: http, headers: ["Content-Type": written.contentType], body: written.segments.flatMap { $0 })
        return Verdict(MMSCAnswer(response, to: .submitReq), profile: profile, to: claim)
    }

    @Test("1000 with a MessageID is an acceptance under that name")
    func accepted() throws {
        let verdict = try verdict(.submitRsp(SubmitRsp(status: .success, messageID: "m-77")))

        #expect(verdict == .accepted(messageID: "m-77", .success))
    }

    @Test("1000 without a MessageID is an acceptance under our TransactionID")
    func acceptedWithoutName() throws {
        let verdict = try verdict(.submitRsp(SubmitRsp(status: .success)))

        #expect(verdict == .accepted(messageID: "t-1", .success))
    }

    @Test("a status in a SubmitRsp decides, with a MessageID or without")
    func refusedInResponse() throws {
        let status = ResponseStatus(.addressError, text: "no such number")

        let verdict = try verdict(.submitRsp(SubmitRsp(status: status, messageID: "m-1")))

        #expect(verdict == .refused(.invalidRecipient, .addressError, reason: "no such number"))
    }

    @Test("a fault's status decides at any HTTP status", arguments: [200, 400, 500])
    func fault(http: Int) throws {
        let fault = Fault(
            code: "env:Server", string: "Server error",
            error: ErrorRsp(status: ResponseStatus(.serviceUnavailable, text: "busy")))

        let verdict = try verdict(.fault(fault), http: http)

        #expect(verdict == .transient(.serviceUnavailable, reason: "busy", retryAfter: nil))
    }

    @Test("3001 of Sinch is a number that the network refuses, elsewhere a plain refusal")
    func peersOwnMeaning() throws {
        let response = SubmitRsp(status: ResponseStatus(StatusCode(rawValue: 3001), text: "blacklisted"))

        #expect(
            try verdict(.submitRsp(response), profile: .sinch)
                == .refused(.recipientBlocked, StatusCode(rawValue: 3001), reason: "blacklisted"))
        #expect(
            try verdict(.submitRsp(response))
                == .refused(.refusedByMMSC, StatusCode(rawValue: 3001), reason: "blacklisted"))
    }

    @Test(
        "the codes of Sinch keep their meaning where the configuration changes what is done after one",
        arguments: [
            (3001, MessageState.Failure.recipientBlocked), (3003, .mediaUnreachable), (2550, .senderInactive),
            (2551, .notProvisioned), (3520, .notProvisioned), (4004, .refusedByMMSC), (2560, .messageTooLarge),
            (2563, .badConfiguration), (2502, .invalidRecipient), (2004, .contentRejected),
        ])
    func changedTable(code: Int, failure: MessageState.Failure) throws {
        let code = StatusCode(rawValue: code)
        let response = SubmitRsp(status: ResponseStatus(code, text: "no"))
        var profile = Profile.sinch
        profile.dispositions[code] = .permanent
        profile.dispositions[StatusCode(rawValue: 2002)] = .retry

        #expect(try verdict(.submitRsp(response), profile: profile) == .refused(failure, code, reason: "no"))
    }

    @Test("3003 of Sinch is about the media, and its last try ends the message so")
    func mediaOfLastTry() throws {
        let code = StatusCode(rawValue: 3003)
        let response = SubmitRsp(status: ResponseStatus(code, text: "no picture"))

        #expect(
            try verdict(.submitRsp(response), profile: .sinch)
                == .doubtful(code, reason: "no picture", failure: .mediaUnreachable))
    }

    @Test("wrong credentials in the envelope want a repaired configuration")
    func identification() throws {
        let verdict = try verdict(.submitRsp(SubmitRsp(status: ResponseStatus(.improperIdentification, text: "who?"))))

        #expect(verdict == .misconfigured(.improperIdentification, reason: "who?"))
    }

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

    @Test(
        "a fault without a status is final for nothing, whoever it blames, and the HTTP status may say more",
        arguments: [
            ("env:Client", 200, "doubtful"), ("env:Client", 500, "doubtful"), ("env:Server", 500, "uncertain"),
            ("env:Client", 404, "misconfigured"), ("env:Client", 401, "misconfigured"),
            ("env:Server", 503, "transient"), ("Server", 200, "uncertain"), ("env:Receiver", 500, "uncertain"),
            ("env:Server", 502, "uncertain"),
        ])
    func bareFault(code: String, http: Int, expected: String) throws {
        let verdict = try verdict(.fault(Fault(code: code, string: "The service cannot be found")), http: http)

        #expect(verdict.kind == expected)
    }

    @Test("the exchange says whose answer it is, unless the profile has the TransactionID say it")
    func otherTransaction() throws {
        let accepted = Envelope.Body.submitRsp(SubmitRsp(status: .success, messageID: "m-1"))
        let refused = Envelope.Body.fault(Fault(ResponseStatus(.messageFormatCorrupt), side: .relayServer))
        var wary = Profile.standard
        wary.answersMustMatch = true
        func verdict(_ transactionID: String?, _ body: Envelope.Body, _ profile: Profile = .standard) throws -> String {
            let written = try MessageWriter(profile: .standard)
                .write(Envelope(transactionID: transactionID, body: body))
            let response = HTTPResponse(
                status: 200, headers: ["Content-Type": written.contentType], body: written.bytes)
            return Verdict(MMSCAnswer(response, to: .submitReq), profile: profile, to: claim).kind
        }

        #expect(try verdict("t-1", accepted) == "accepted")
        #expect(try verdict("t-2", accepted) == "accepted")
        #expect(try verdict(nil, accepted) == "accepted")
        #expect(try verdict("0000", refused) == "refused")
        #expect(try verdict("t-2", accepted, wary) == "answer lost")
        #expect(try verdict("0000", refused, wary) == "answer lost")
        #expect(try verdict("t-1", accepted, wary) == "accepted")
        #expect(try verdict(nil, accepted, wary) == "accepted")
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

    @Test("what is said of an MMSC has the code that it gave")
    func signs() {
        let refused = Verdict.refused(.refusedByMMSC, .addressError, reason: "no such number")
        #expect(refused.sign(messages: 2) == .refused("2002 no such number", messages: 2))
        let lost = Verdict.misconfigured(nil, reason: "HTTP 404 without a readable MM7 answer")
        #expect(lost.sign(messages: 1) == .misconfigured("HTTP 404 without a readable MM7 answer"))
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

extension Verdict {
    fileprivate var kind: String {
        switch self {
        case .accepted: "accepted"
        case .partlyAccepted: "partly accepted"
        case .split: "split"
        case .refused: "refused"
        case .transient: "transient"
        case .unreachable: "unreachable"
        case .doubtful: "doubtful"
        case .misconfigured: "misconfigured"
        case .answerLost: "answer lost"
        case .uncertain: "uncertain"
        }
    }
}
