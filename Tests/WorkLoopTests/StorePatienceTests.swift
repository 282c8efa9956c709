import Doubles
import FoundationEssentials
import GatewayCore
import Synchronization
import Testing

@testable import WorkLoop

@Suite("How long it is insisted that the store takes something")
struct StorePatienceTests {
    private static let now = Date(timeIntervalSince1970: 1_790_000_000)

    private let clock = HastyClock(at: Self.now)

    /// The pauses between the tries, and how it ended.
    private func keep(_ patience: StorePatience, failing failures: [StoreFailure]) async -> (pauses: [Int], end: String)
    {
        let left = Mutex(failures)
        let end = await patience.keep(by: clock) { _ in
        } _: {
            let failure = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let failure { throw failure }
        }
        let word =
            switch end {
            case .kept: "kept"
            case .stopped: "stopped"
            case .givenUp(let failure): "\(failure)"
            }
        return (clock.sleeps.map { Int($0.since(Self.now).seconds) }, word)
    }

    @Test("what fails for now is tried again each second until it is taken")
    func again() async {
        let kept = await keep(StorePatience(), failing: [.unavailable("full"), .uncertain("sync"), .busy("many")])

        #expect(kept.pauses == [1, 1, 1])
        #expect(kept.end == "kept")
    }

    @Test("where the store says that it is broken, there is no further try")
    func broken() async {
        let kept = await keep(StorePatience(), failing: [.broken("schema")])

        #expect(kept.pauses == [])
        #expect(kept.end == "schema")
    }

    @Test("who goes on all the same does so less and less often, until something else fails")
    func brokenAndGoingOn() async {
        let patience = StorePatience(whenBroken: .goOn(longestPause: .seconds(10)))

        let kept = await keep(
            patience,
            failing: Array(repeating: .broken("schema"), count: 5) + [.unavailable("full"), .broken("schema")])

        #expect(kept.pauses == [2, 4, 8, 10, 10, 1, 2])
        #expect(kept.end == "kept")
    }

    @Test("who goes on all the same for a time gives up after it")
    func brokenForATime() {
        let patience = StorePatience(whenBroken: .goOn(longestPause: .seconds(10), time: .seconds(60)))
        func pause(after failure: StoreFailure, elapsed: Duration) -> Duration? {
            patience.pause(after: failure, failures: 9, last: .seconds(10), elapsed: elapsed)
        }

        #expect(pause(after: .broken("a row"), elapsed: .seconds(59)) == .seconds(10))
        #expect(pause(after: .broken("a row"), elapsed: .seconds(60)) == nil)
        #expect(pause(after: .unavailable("full"), elapsed: .seconds(6000)) == .seconds(1))
    }

    @Test("a store that is closed ends it: the gateway stops")
    func closed() async {
        let kept = await keep(StorePatience(whenBroken: .goOn(longestPause: .seconds(10))), failing: [.closed])

        #expect(kept.pauses == [])
        #expect(kept.end == "stopped")
    }

    @Test("no more tries are made than may be")
    func tries() async {
        let kept = await keep(StorePatience(tries: 3), failing: Array(repeating: .busy("many"), count: 5))

        #expect(kept.pauses == [1, 1])
        #expect(kept.end == "many")
    }

    @Test("no try is begun after the time", arguments: [(0, true), (44, true), (45, false), (60, false)])
    func time(elapsed: Int, goesOn: Bool) {
        let pause = StorePatience(time: .seconds(45)).pause(
            after: StoreFailure.unavailable("full"), failures: 1, last: nil, elapsed: .seconds(elapsed))

        #expect(pause == (goesOn ? .seconds(1) : nil))
    }

    @Test("each failure is said, and a cancelled task tries no more")
    func cancelled() async {
        let failures = Mutex(0)
        let clock = clock
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await StorePatience().keep(by: clock) { _ in
                failures.withLock { $0 += 1 }
            } _: {
                throw StoreFailure.unavailable("full")
            }
        }

        guard case .stopped = await task.value else {
            Issue.record("it went on")
            return
        }
        #expect(failures.withLock(\.self) == 1)
    }
}
