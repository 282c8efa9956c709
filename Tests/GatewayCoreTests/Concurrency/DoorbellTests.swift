import Foundation
import GatewayCore
import Synchronization
import Testing

@Suite("Doorbells", .timeLimit(.minutes(5)))
struct DoorbellTests {
    private static let deadline = Date(milliseconds: 1_800_000_000_000)

    @Test("a ring before the wait ends it at once")
    func before() async {
        let bell = Doorbell()
        let clock = ManualClock()

        bell.ring()
        bell.ring()
        await bell.wait(until: Self.deadline, clock: clock)

        #expect(clock.sleepers == 0)
    }

    @Test("many rings are as good as one")
    func many() async {
        let bell = Doorbell()
        let clock = ManualClock()
        bell.ring()
        bell.ring()
        await bell.wait(until: Self.deadline, clock: clock)

        let second = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        clock.advance(to: Self.deadline)
        await second.value
    }

    @Test("a ring during the wait ends it")
    func during() async {
        let bell = Doorbell()
        let clock = ManualClock()
        let waiting = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        bell.ring()

        await waiting.value
        #expect(clock.sleepers == 0)
    }

    @Test("the wait ends when its time has come")
    func deadline() async {
        let bell = Doorbell()
        let clock = ManualClock()
        let waiting = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        clock.advance(to: Self.deadline)

        await waiting.value
    }

    @Test("cancelling the task ends the wait")
    func cancelled() async {
        let bell = Doorbell()
        let clock = ManualClock()
        let waiting = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        waiting.cancel()

        await waiting.value
        #expect(clock.sleepers == 0)
    }

    @Test("a cancelled task does not begin to wait")
    func cancelledBefore() async {
        let bell = Doorbell()
        let clock = ManualClock()
        let waiting = Task {
            while !Task.isCancelled { await Task.yield() }
            await bell.wait(until: Self.deadline, clock: clock)
        }

        waiting.cancel()

        await waiting.value
    }

    @Test("the end of one wait does not ring for the next")
    func nothingLeft() async {
        let bell = Doorbell()
        let clock = ManualClock()
        let first = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()
        bell.ring()
        await first.value

        let second = Task { await bell.wait(until: Self.deadline, clock: clock) }
        await clock.someoneSleeps()

        bell.ring()
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

    @Test("no ring is lost among many")
    func stress() async {
        let bell = Doorbell()
        let work = Work()
        let clock = ManualClock()

        await withTaskGroup(of: Void.self) { group in
            for _ in 1...1000 {
                group.addTask {
                    work.add()
                    bell.ring()
                }
            }
            group.addTask {
                var done = 0
                while done < 1000 {
                    await bell.wait(until: .distantFuture, clock: clock)
                    done += work.takeAll()
                }
            }
        }

        #expect(work.takeAll() == 0)
    }

    @Test("the machine's clock can wait for ever, and be woken")
    func farAway() async {
        let bell = Doorbell()
        let waiting = Task { await bell.wait(until: .distantFuture, clock: SteadyClock()) }

        bell.ring()

        await waiting.value
    }

    @Test("a store's bells are kept by name")
    func lanes() {
        let signals = WorkSignals()

        #expect(signals.messages(at: "north") === signals.messages(at: "north"))
        #expect(signals.messages(at: "north") !== signals.messages(at: "south"))
    }

    @Test("a second loop that waits ends the process: one of the two would wait for ever")
    func second() async {
        await #expect(processExitsWith: .failure) {
            let bell = Doorbell()
            let clock = SteadyClock()
            let deadline = clock.now() + .seconds(3600)
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...2 { group.addTask { await bell.wait(until: deadline, clock: clock) } }
            }
        }
    }
}
