import Foundation
import GatewayCore
import Testing

@Suite("The history of an attempt")
struct EndedAttemptTests {
    @Test("names the answer, and libcurl's words where a sentence of ours stands in their place")
    func answer() throws {
        var outcome = SubmissionResult(.postponed, statusCode: 4000, statusText: "the MMSC did not answer")
        outcome.words = "Connection refused"
        let claim = StoredMessage.given(attempts: 2).claim()

        let attempt = try #require(EndedAttempt(outcome, of: claim.first, in: claim))

        #expect(attempt.number == 2)
        #expect(attempt.mmsc == "north")
        #expect(attempt.statusCode == 4000)
        #expect(attempt.statusText == "Connection refused")
    }

    @Test(
        "is a resend where one before may have arrived and this one was sent",
        arguments: [(true, true, true), (true, false, false), (false, true, false)])
    func resend(isRepeat: Bool, isSent: Bool, isResend: Bool) throws {
        var outcome = SubmissionResult(.answerLost)
        outcome.isSent = isSent
        let claim = StoredMessage.given().claim(isResend: isRepeat)

        #expect(try #require(EndedAttempt(outcome, of: claim.first, in: claim)).isResend == isResend)
    }

    @Test("of which nothing is known but that its lease has ended is the message's last")
    func lease() {
        let attempt = EndedAttempt(endedLeaseOf: .given(attempts: 4, mayHaveArrived: true))

        #expect(attempt.number == 4)
        #expect(attempt.event == .leaseEnded)
        #expect(attempt.isResend)
    }
}
