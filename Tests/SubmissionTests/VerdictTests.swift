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

    @Test("what is said of an MMSC has the code that it gave")
    func signs() {
        let refused = Verdict.refused(.refusedByMMSC, .addressError, reason: "no such number")
        #expect(refused.sign(messages: 2) == .refused("2002 no such number", messages: 2))
        let lost = Verdict.misconfigured(nil, reason: "HTTP 404 without a readable MM7 answer")
        #expect(lost.sign(messages: 1) == .misconfigured("HTTP 404 without a readable MM7 answer"))
    }
}
