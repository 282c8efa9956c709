import Synchronization

/// Decides which failures of an outage are logged: the first, one of each half minute while it lasts, and its end. Not
/// one for each piece of work that it holds up.
package final class OutageWatch: Sendable {
    private struct State {
        var since: ContinuousClock.Instant?
        var lastLogged: ContinuousClock.Instant?
        var isLogged = false
        var unlogged = 0
    }

    private let state = Mutex(State())
    private let pause: Duration
    private let clock: MonotonicClock

    /// - Parameter pause: between two lines about one outage, or about one that comes and goes.
    package init(pause: Duration = .seconds(30), clock: MonotonicClock = .system) {
        self.pause = pause
        self.clock = clock
    }

    /// Something failed.
    ///
    /// - Returns: nil when it is not to be logged, else how many failures were not logged before it.
    package func failed() -> Int? {
        let now = clock.now
        return state.withLock { state in
            state.since = state.since ?? now
            // Also of an outage that comes and goes.
            if let last = state.lastLogged, now - last < pause {
                state.unlogged += 1
                return nil
            }
            state.lastLogged = now
            state.isLogged = true
            defer { state.unlogged = 0 }
            return state.unlogged
        }
    }

    /// Something succeeded.
    ///
    /// - Returns: how long an outage lasted that is over now and was logged; nil without one.
    package func succeeded() -> Duration? {
        let now = clock.now
        return state.withLock { state in
            guard let since = state.since else { return nil }
            let isLogged = state.isLogged
            state.since = nil
            state.isLogged = false
            return isLogged ? now - since : nil
        }
    }
}
