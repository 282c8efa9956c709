import CurlHTTP
import Foundation
import GatewayCore
import MM7
import Telemetry
import Testing

@testable import Submission

@Suite("One CancelReq and what is kept of it")
struct CancellationTests {
    private static let policy = RetryPolicy(maxTries: 50, firstDelay: .seconds(5), lastDelay: .seconds(60))
    private static let now = SubmissionBench.now

    private func cancellation(tries: Int = 1) -> Cancellation {
        Cancellation(
            mmsc: "north", messageID: "m-1", originator: Originator("12025550100"), messages: [ULID(high: 1, low: 1)],
            tries: tries)
    }

    private func verdict(_ body: Envelope.Body, transactionID: String? = nil) throws -> Verdict {
        let envelope = Envelope(transactionID: transactionID ?? cancellation().transactionID, body: body)
        let written = try MessageWriter(profile: .standard).write(envelope)
        let response = HTTPResponse(
            status: 200, headers: ["Content-Type": written.contentType], body: written.segments.flatMap { $0 })
        return Verdict(MMSCAnswer(response, to: .cancelReq), profile: .standard, to: cancellation())
    }

    @Test(
        "the answer decides",
        arguments: [
            (1000, CancellationResult.withdrawn, "cancelled"), (1100, .stays, "refused"), (3001, .stays, "too_late"),
            (2005, .stays, "refused"), (2007, .stays, "refused"), (4003, .stays, "refused"),
            (4007, .stays, "refused"), (4001, .waits(until: now + .seconds(30)), "again"),
            (3000, .again(at: now + .seconds(5)), "again"),
            (4000, .again(at: now + .seconds(5)), "again"), (4006, .again(at: now + .seconds(5)), "again"),
        ])
    func answers(code: Int, outcome: CancellationResult, counted: String) throws {
        let status = ResponseStatus(StatusCode(rawValue: code))
        for body in [Envelope.Body.cancelRsp(CancelRsp(status: status)), .rsErrorRsp(ErrorRsp(status: status))]
        where code != 1000 || body.operation == .cancelRsp {
            let result = Self.policy.result(
                of: try verdict(body), for: cancellation(), now: Self.now, jitter: 0)

            #expect(result.0 == outcome)
            #expect(result.1.rawValue == counted)
        }
    }

    @Test("an answer to something else is none")
    func misaddressed() throws {
        let verdict = try verdict(.submitRsp(SubmitRsp(status: .success, messageID: "m-1")))

        let result = Self.policy.result(of: verdict, for: cancellation(), now: Self.now, jitter: 0)
        #expect(result == (.again(at: Self.now + .seconds(5)), .again))
    }

    @Test("the pauses grow, and the fifth try is the last")
    func tries() {
        let verdict = Verdict.transient(nil, reason: "not there", retryAfter: nil)
        let outcomes = (1...5).map {
            Self.policy.result(of: verdict, for: cancellation(tries: $0), now: Self.now, jitter: 0).0
        }

        #expect(outcomes == [5, 10, 20, 40].map { .again(at: Self.now + .seconds($0)) } + [.stays])
    }

    @Test("what says nothing of the message uses up no try", arguments: [1, 5, 50])
    func unsaid(tries: Int) {
        for verdict in [
            Verdict.misconfigured(nil, reason: "HTTP 404"), .misconfigured(.improperIdentification, reason: "who?"),
            .unreachable(reason: "connection refused"),
        ] {
            let outcome = Self.policy.result(of: verdict, for: cancellation(tries: tries), now: Self.now, jitter: 0)
            #expect(outcome == (.waits(until: Self.now + .seconds(30)), .again))
        }
    }

    @Test("that messages are not taken back is no fault of the way to the MMSC")
    func refusedOperation() {
        let refused = Verdict.misconfigured(.unsupportedOperation, reason: "no")
        #expect(refused.signOfCancellation == .well)
        #expect(Verdict.refused(.refusedByMMSC, .addressError, reason: "no").signOfCancellation == .well)
        let denied = Verdict.misconfigured(nil, reason: "HTTP 401")
        #expect(denied.signOfCancellation == .misconfigured("HTTP 401"))
    }

    @Test("the request names the message, and us, under a TransactionID that a repetition has too")
    func request() throws {
        var mmsc = MMSC(name: "north", url: "http://127.0.0.1:1/mm7", vaspID: "vasp", vasID: "vas")
        let request = try CancelRequest(cancellation(), to: mmsc).http(in: nil)
        let envelope = try MessageReader().read(
            Array(request.body.joined())[...], contentType: request.headers.first(named: "Content-Type")
        ).envelope

        let sender = SenderIdentification(vaspID: "vasp", vasID: "vas", address: .msisdn("12025550100"))
        #expect(envelope.body == .cancelReq(CancelReq(sender: sender, messageID: "m-1")))
        #expect(envelope.transactionID == cancellation(tries: 4).transactionID)
        mmsc.profile = .sinch
        #expect(throws: MM7Error.self) { try CancelRequest(cancellation(), to: mmsc) }
    }
}
