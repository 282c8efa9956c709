import CurlHTTP
import Foundation
import GatewayCore
import MM7
import Testing

@testable import Submission

@Suite("One SubmitReq for several recipients")
struct SeveralRecipientsTests {
    private static let numbers = ["12025550101", "12025550102", "12025550103"]
    private let claim = SubmissionBench.claim(to: Self.numbers, transactionID: "t-1")

    private func verdict(_ status: ResponseStatus, profile: Profile = .standard) throws -> Verdict {
        let body = Envelope.Body.submitRsp(SubmitRsp(status: status, messageID: "m-1"))
        let written = try MessageWriter(profile: profile).write(Envelope(transactionID: "t-1", body: body))
        let response = HTTPResponse(
            status: 200, headers: ["Content-Type": written.contentType], body: written.segments.flatMap { $0 })
        return Verdict(MMSCAnswer(response, to: .submitReq), profile: profile, to: claim)
    }

    @Test("they are all in Bcc, and a single one is in To")
    func blindCopies() async throws {
        let (batch, _) = try await SubmissionBench().batch()
        let content = try BatchContent(batch, media: [], profile: .standard)
        let mmsc = MMSC(name: "north", url: "")

        let several = try #require(content.request(for: claim.copies.map(\.recipient), at: mmsc)).recipients
        let single = try #require(content.request(for: [claim.first.recipient], at: mmsc)).recipients

        #expect(several == Recipients(bcc: Self.numbers.map { .msisdn($0) }))
        #expect(single == Recipients(to: [.msisdn(Self.numbers[0])]))
    }

    @Test(
        "a partial success names those that were not taken, in whatever form",
        arguments: [
            ("12025550102", ["12025550102"]), ("failed: +12025550101, 2025550103", ["12025550101", "12025550103"]),
            ("nobody knows", []), ("12025550101 12025550102 12025550103", []),
        ])
    func partly(details: String, untaken: [String]) throws {
        let verdict = try verdict(ResponseStatus(.partialSuccess, text: "some", details: details))

        let expected: Verdict =
            untaken.isEmpty
            ? .accepted(messageID: "m-1", .partialSuccess)
            : .partlyAccepted(messageID: "m-1", .partialSuccess, untaken: Set(untaken), reason: "some")
        #expect(verdict == expected)
    }

    @Test(
        "each goes alone when the MMSC takes no several, and when one address is bad and it does not say which",
        arguments: [(3003, Profile.standard), (2503, .sinch), (2002, .standard), (2003, .standard)])
    func split(code: Int, profile: Profile) throws {
        let verdict = try verdict(ResponseStatus(StatusCode(rawValue: code), text: "no"), profile: profile)

        #expect(verdict == .split(StatusCode(rawValue: code), reason: "no"))
    }

    @Test("what was not taken is tried again at once, the others are with the MMSC")
    func outcome() {
        let now = SubmissionBench.now
        let policy = RetryPolicy(maxTries: 5, firstDelay: .seconds(2), lastDelay: .seconds(60))
        let verdict = Verdict.partlyAccepted(
            messageID: "m-1", .partialSuccess, untaken: ["12025550102"], reason: "some")

        let outcome = policy.result(of: verdict, for: claim, onLostAnswer: .resend, now: now, jitter: 0)

        #expect(outcome.event == .accepted(messageID: "m-1"))
        #expect(outcome.exceptions == [claim.others[0].message: .postponed])
        #expect(outcome.dueAt == now)
    }
}
