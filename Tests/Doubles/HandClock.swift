package import GatewayCore
import Synchronization

/// A monotonic clock that the test sets; who sleeps by it waits until then.
package final class HandClock: Sendable {
    private struct State {
        var now = ContinuousClock.now
        var sleepers: [(deadline: ContinuousClock.Instant, wake: AsyncStream<Void>.Continuation)] = []
        var watchers: [AsyncStream<Int>.Continuation] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: ContinuousClock.Instant { state.withLock { $0.now } }

    package func pass(_ duration: Duration) {
        let woken = state.withLock { state in
            state.now += duration
            let woken = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return woken
        }
        for sleeper in woken { sleeper.wake.finish() }
    }

    /// Returns as soon as so many sleep.
    package func sleeping(_ count: Int) async {
        let (counts, watcher) = AsyncStream<Int>.makeStream()
        state.withLock { state in
            watcher.yield(state.sleepers.count)
            state.watchers.append(watcher)
        }
        for await sleepers in counts where sleepers >= count { return }
    }

    package var clock: MonotonicClock {
        MonotonicClock(now: { self.now }, sleep: { try await self.sleep(until: $0) })
    }

    private func sleep(until deadline: ContinuousClock.Instant) async throws {
        let (end, wake) = AsyncStream<Void>.makeStream()
        let isOver = state.withLock { state in
            if deadline > state.now {
                state.sleepers.append((deadline, wake))
                for watcher in state.watchers { watcher.yield(state.sleepers.count) }
            }
            return deadline <= state.now
        }
        if isOver { return }
        for await _ in end {}
        try Task.checkCancellation()
    }
}
