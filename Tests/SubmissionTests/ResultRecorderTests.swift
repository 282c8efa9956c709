import Doubles
import FoundationEssentials
import GatewayCore
import Synchronization
import Testing
import WorkLoop

@testable import Submission

@Suite("What became of a request is recorded")
struct ResultRecorderTests {
    /// On which a sleep is over at once, and as long as it was to be.
    private final class LeapingClock: DomainClock {
        private let time = Mutex(SubmissionBench.now)
        let isSettled = true

        func now() -> Date { time.withLock { $0 } }

        func sleep(until deadline: Date) async throws { time.withLock { $0 = max($0, deadline) } }
    }

    @Test("an outcome that a broken store does not take is given up after an hour, which the log says")
    func givenUp() async throws {
        let (clock, lines, unrecorded) = (LeapingClock(), LogLines(), UnrecordedResults())
        let counts = Mutex<[Int]>([])

        await ResultRecorder.keep(
            ULID(high: 1, low: 1), at: "north", by: clock, SubmissionLog(lines.logger), unrecorded
        ) {
            counts.withLock { $0.append(unrecorded.count(at: "north")) }
            throw StoreFailure.broken("a row")
        }

        #expect((3600...3660).contains(clock.now().since(SubmissionBench.now).seconds))
        #expect((60...70).contains(counts.withLock { $0.count }))
        #expect(Set(counts.withLock { $0.dropFirst() }) == [1], "it is said meanwhile")
        #expect(unrecorded.count(at: "north") == 0)
        #expect(
            lines.all.last?.message
                == "The outcome of an attempt cannot be recorded and is given up; its message is in doubt")
    }
}
