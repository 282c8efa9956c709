import Synchronization

/// Decides which failures of an outage are told: the first, one of each half minute while it lasts, and its end. Not one
/// for each piece of work that it holds up.
package final class OutageWatch: Sendable {
    private struct State {
        var since: ContinuousClock.Instant?
        var lastTold: ContinuousClock.Instant?
        var isTold = false
        var untold = 0
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant

    private static let pause = Duration.seconds(30)

    /// - Parameter now: a clock that nobody sets.
    package init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// Something failed.
    ///
    /// - Returns: nil when it is not to be told, else how many failures were not told before it.
    package func failed() -> Int? {
        let now = now()
        return state.withLock { state in
            state.since = state.since ?? now
            // Also of an outage that comes and goes.
            if let last = state.lastTold, now - last < Self.pause {
                state.untold += 1
                return nil
            }
            state.lastTold = now
            state.isTold = true
            defer { state.untold = 0 }
            return state.untold
        }
    }

    /// Something succeeded.
    ///
    /// - Returns: how long an outage lasted that is over now and was told; nil without one.
    package func succeeded() -> Duration? {
        let now = now()
        return state.withLock { state in
            guard let since = state.since else { return nil }
            let isTold = state.isTold
            state.since = nil
            state.isTold = false
            return isTold ? now - since : nil
        }
    }
}
