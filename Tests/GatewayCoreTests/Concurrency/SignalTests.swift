import Foundation
import GatewayCore
import Synchronization
import Testing

@Suite("Signals", .timeLimit(.minutes(5)))
struct SignalTests {
    private static let deadline = Date(milliseconds: 1_800_000_000_000)

    @Test("a signal before the wait ends it at once")
    func before() async {
        let signal = Signal()
        let clock = ManualClock()

        signal.raise()
        signal.raise()
        await signal.wait(until: Self.deadline, clock: clock)

        #expect(clock.sleepers == 0)
    }

    @Test("many signals are as good as one")
    func many() async {
        let signal = Signal()
        let clock = ManualClock()
        signal.raise()
        signal.raise()
        await signal.wait(until: Self.deadline, clock: clock)

        let second = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        clock.advance(to: Self.deadline)
        await second.value
    }

    @Test("a signal during the wait ends it")
    func during() async {
        let signal = Signal()
        let clock = ManualClock()
        let waiting = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        signal.raise()

        await waiting.value
        #expect(clock.sleepers == 0)
    }

    @Test("the wait ends when its time has come")
    func deadline() async {
        let signal = Signal()
        let clock = ManualClock()
        let waiting = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        clock.advance(to: Self.deadline)

        await waiting.value
    }

    @Test("cancelling the task ends the wait")
    func cancelled() async {
        let signal = Signal()
        let clock = ManualClock()
        let waiting = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        waiting.cancel()

        await waiting.value
        #expect(clock.sleepers == 0)
    }

    @Test("a cancelled task does not begin to wait")
    func cancelledBefore() async {
        let signal = Signal()
        let clock = ManualClock()
        let waiting = Task {
            while !Task.isCancelled { await Task.yield() }
            await signal.wait(until: Self.deadline, clock: clock)
        }

        waiting.cancel()

        await waiting.value
    }

    @Test("the end of one wait does not count for the next")
    func nothingLeft() async {
        let signal = Signal()
        let clock = ManualClock()
        let first = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()
        signal.raise()
        await first.value

        let second = Task { await signal.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        signal.raise()
        await second.value
    }

    private final class Work: Sendable {
        private let count = Mutex(0)

        func add() { count.withLock { $0 += 1 } }

        func takeAll() -> Int {
            count.withLock { count in
                defer { count = 0 }
                return count
            }
        }
    }

    @Test("no signal is lost among many")
    func stress() async {
        let signal = Signal()
        let work = Work()
        let clock = ManualClock()

        await withTaskGroup(of: Void.self) { group in
            for _ in 1...1000 {
                group.addTask {
                    work.add()
                    signal.raise()
                }
            }
            group.addTask {
                var done = 0
                while done < 1000 {
                    await signal.wait(until: .distantFuture, clock: clock)
                    done += work.takeAll()
                }
            }
        }

        #expect(work.takeAll() == 0)
    }

    @Test("the machine's clock can wait for ever, and be woken")
    func farAway() async {
        let signal = Signal()
        let waiting = Task { await signal.wait(until: .distantFuture, clock: SteadyClock()) }

        signal.raise()

        await waiting.value
    }

    @Test("a store's signals are kept by name")
    func lanes() {
        let signals = WorkSignals()

        #expect(signals.messages(at: "north") === signals.messages(at: "north"))
        #expect(signals.messages(at: "north") !== signals.messages(at: "south"))
    }

    @Test("a second loop that waits ends the process: one of the two would wait for ever")
    func second() async {
        await #expect(processExitsWith: .failure) {
            let signal = Signal()
            let clock = SteadyClock()
            let deadline = clock.now() + .seconds(3600)
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...2 { group.addTask { await signal.wait(until: deadline, clock: clock) } }
            }
        }
    }
}
