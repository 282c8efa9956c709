package import GatewayCore
import Synchronization

/// Deadlines for many pieces of work at little cost: they share one timer, as nearly all would cancel a timer of their
/// own. They come up to a quarter of a second late.
package final class Deadlines: Sendable {
    private struct State {
        var waiting: [Int: Wait] = [:]
        var lastNumber = 0
        /// Pieces of work whose deadline has passed and that have not ended.
        var overdue = 0
        /// Somebody looks at them as long as there are any.
        var isWatched = false
    }

    private struct Wait {
        let at: ContinuousClock.Instant
        let isWork: Bool
        let action: @Sendable () -> Void
    }

    private let state = Mutex(State())
    private static let tick = Duration.milliseconds(250)

    let clock: MonotonicClock

    package init(clock: MonotonicClock = .system) {
        self.clock = clock
    }

    /// Pieces of work that go on though nobody waits for them any more. Whoever begins new ones bounds them by this.
    package var overdueCount: Int { state.withLock { $0.overdue } }

    /// The value of the work; nil when it takes longer. The work then goes on, is overdue until it ends, and has to
    /// report its value by itself.
    package func outcome<Value: Sendable>(
        by deadline: ContinuousClock.Instant, of work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withCheckedContinuation { continuation in
            let number = set(deadline, isWork: true) { continuation.resume(returning: nil) }
            // Nobody awaits it: a wait for the disk cannot be ended, and a task group would wait for it.
            Task {
                let value = await work()
                if lift(number) {
                    continuation.resume(returning: value)
                } else {
                    state.withLock { $0.overdue -= 1 }
                }
            }
        }
    }

    /// Calls the closure at that time, unless the deadline is removed before.
    func set(
        _ deadline: ContinuousClock.Instant, isWork: Bool = false, _ action: @escaping @Sendable () -> Void
    ) -> Int {
        let (number, isWatched) = state.withLock { state in
            state.lastNumber += 1
            state.waiting[state.lastNumber] = Wait(at: deadline, isWork: isWork, action: action)
            defer { state.isWatched = true }
            return (state.lastNumber, state.isWatched)
        }
        // Ends by itself when nothing is left to wait for.
        if !isWatched { Task { await watch() } }
        return number
    }

    /// False when it has come already.
    @discardableResult
    func lift(_ number: Int) -> Bool {
        state.withLock { $0.waiting.removeValue(forKey: number) != nil }
    }

    private func watch() async {
        while true {
            // Nobody may cancel the task.
            try? await clock.sleep(until: clock.now + Self.tick)
            let now = clock.now
            let due = state.withLock { state -> [@Sendable () -> Void]? in
                guard !state.waiting.isEmpty else {
                    state.isWatched = false
                    return nil
                }
                let due = state.waiting.filter { $0.value.at <= now }
                for (number, wait) in due {
                    state.waiting[number] = nil
                    if wait.isWork { state.overdue += 1 }
                }
                return due.values.map(\.action)
            }
            guard let due else { return }
            for action in due { action() }
        }
    }
}
