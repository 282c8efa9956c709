import MM7
import Testing

@testable import MockMMSC

@Suite("The journal", .timeLimit(.minutes(5)))
struct JournalTests {
    @Test("it keeps the newest submissions and counts all")
    func newest() {
        let journal = Journal(limit: 3)

        for number in 1...5 {
            journal.record(ReceivedSubmission(transactionID: "t-\(number)", outcome: .accepted))
        }

        #expect(journal.submissions.map(\.transactionID) == ["t-3", "t-4", "t-5"])
        #expect(journal.counts.accepted == 5)
    }

    @Test("a wait ends with the count that it was for")
    func wait() async throws {
        let journal = Journal(limit: 3)

        async let counts = journal.wait { $0.reportsAnswered == 2 }
        journal.count(\.reportsAnswered)
        journal.count(\.reportsAnswered)

        #expect(try await counts.reportsAnswered == 2)
    }

    @Test("a wait ends with its task")
    func cancellation() async {
        let journal = Journal(limit: 3)
        let waiting = Task { try await journal.wait { $0.accepted == 1 } }

        waiting.cancel()

        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
