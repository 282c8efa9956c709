import Foundation
import MM7
import Synchronization
import Testing

@testable import MockMMSC

@Suite("The line for a SubmitReq")
struct SubmissionLineTests {
    private let time = Date(timeIntervalSince1970: 1_790_000_000)

    private func submission(_ outcome: ReceivedSubmission.Treatment, to recipients: [String]) -> ReceivedSubmission {
        ReceivedSubmission(
            transactionID: "t\u{1B}1", messageID: "m-1", recipients: recipients, subject: "Secret",
            parts: [.init(contentType: "image/jpeg", contentID: "c", byteCount: 9)], byteCount: 1200, outcome: outcome)
    }

    @Test("it says what came and what became of it, without content and with the ends of numbers")
    func masked() {
        let line = submission(.accepted, to: ["15550100001", "15550100002"]).line(at: time, showsNumbers: false)

        #expect(
            line == "2026-09-21T14:13:20.000Z  accepted  TransactionID t?1  MessageID m-1  to •••001 •••002  "
                + "1200 B (image/jpeg)")
    }

    @Test("numbers are whole where that was asked for, and five of many")
    func shown() {
        let numbers = (1...7).map { "1555010000\($0)" }

        let line = submission(.refused(StatusCode(rawValue: 4006)), to: numbers).line(at: time, showsNumbers: true)

        #expect(line.contains("  refused with 4006  "))
        #expect(line.contains("  to 15550100001 15550100002 15550100003 15550100004 15550100005 and 2 more  "))
    }

    @Test("it is printed for each submission, once")
    func each() {
        let outcomes = Mutex<[ReceivedSubmission.Treatment]>([])
        let journal = Journal(limit: 1) { submission in outcomes.withLock { $0.append(submission.outcome) } }

        journal.record(submission(.accepted, to: []))
        journal.record(submission(.repeated, to: []))

        #expect(outcomes.withLock { $0 } == [.accepted, .repeated])
    }
}
