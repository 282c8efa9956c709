import FoundationEssentials
package import GatewayCore

/// How long a service tries to record what it did, so that an outage of the store causes no second request, download or
/// call. A write that fails is tried again after a pause until the store takes it, the patience ends, or the gateway
/// stops.
package struct StorePatience: Sendable, Equatable {
    /// The most tries.
    package var tries = Int.max
    /// The time after the first failure within which further tries begin.
    package var time: Duration?
    /// The pause between two tries.
    package var pause = Duration.seconds(1)
    /// What follows where the store says that it is broken, and will not work again without a change.
    package var whenBroken = WhenBroken.giveUp

    package enum WhenBroken: Sendable, Equatable {
        case giveUp
        /// The write is tried again all the same, each time after a pause twice as long, up to this one, and for that time
        /// since the first try; nil for ever.
        case goOn(longestPause: Duration, time: Duration? = nil)
    }

    /// How the tries ended.
    package enum End: Sendable {
        case kept
        /// The patience was used up, or a further try would be useless.
        case givenUp(any Error)
        /// The gateway stops, or the store has stopped already.
        case stopped
    }

    package init(
        tries: Int = .max, time: Duration? = nil, pause: Duration = .seconds(1), whenBroken: WhenBroken = .giveUp
    ) {
        self.tries = tries
        self.time = time
        self.pause = pause
        self.whenBroken = whenBroken
    }

    /// How long to wait after a failure; nil for no further try.
    ///
    /// - Parameters:
    ///   - failures: how many there were, this one included.
    ///   - last: the pause before the try that failed now.
    ///   - elapsed: the time since the first try.
    package func pause(after failure: any Error, failures: Int, last: Duration?, elapsed: Duration) -> Duration? {
        guard failures < tries, time.map({ elapsed < $0 }) ?? true else { return nil }
        switch (failure as? StoreFailure, whenBroken) {
        case (.closed, _), (.broken, .giveUp): return nil
        case (.broken, .goOn(let longest, let time)):
            guard time.map({ elapsed < $0 }) ?? true else { return nil }
            return min((last ?? pause) * 2, max(longest, pause))
        case (.unavailable, _), (.uncertain, _), (.busy, _), (nil, _): return pause
        }
    }

    /// Writes, and repeats that while it fails.
    ///
    /// - Parameter onFailure: called at each failure, also at the last.
    @discardableResult
    package func keep(
        by clock: any DomainClock, onFailure: (any Error) -> Void, _ write: () async throws -> Void
    ) async -> End {
        let start = clock.now()
        var failures = 0
        var last: Duration?
        while true {
            do {
                try await write()
                return .kept
            } catch {
                if case StoreFailure.closed = error { return .stopped }
                failures += 1
                onFailure(error)
                let now = clock.now()
                guard
                    let pause = pause(after: error, failures: failures, last: last, elapsed: now.since(start))
                else { return .givenUp(error) }
                last = pause
                do {
                    try await clock.sleep(until: now + pause)
                } catch {
                    return .stopped
                }
            }
        }
    }
}
