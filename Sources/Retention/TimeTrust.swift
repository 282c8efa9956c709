package import FoundationEssentials
package import GatewayCore

/// Whether the time of day is certain enough to remove by it what is old. What is removed cannot be brought back, so more
/// is asked for than that the clock is settled: after it has gone ahead of the time that passed, a day for somebody to set
/// it.
package struct TimeTrust: Sendable {
    private var time: Date
    private var instant: MonotonicClock.Instant
    /// When the doubt began.
    private var doubtedSince: MonotonicClock.Instant?

    /// A smaller step is a correction.
    package static let tolerance = Duration.seconds(3600)
    package static let patience = Duration.seconds(86_400)
    /// A gateway that was stopped for longer may have been started with a wrong clock.
    private static let longStop = Duration.seconds(86_400)

    /// - Parameter newest: the newest time that is known from before; nil where there is none.
    package init(now: Date, at instant: MonotonicClock.Instant, newest: Date?) {
        time = now
        self.instant = instant
        if let newest, now.since(newest) > Self.longStop { doubtedSince = instant }
    }

    /// Looks at the clock.
    ///
    /// - Returns: whether anything may be removed now.
    package mutating func trusts(_ now: Date, at instant: MonotonicClock.Instant) -> Bool {
        let step = now.since(time) - (instant - self.instant)
        (time, self.instant) = (now, instant)
        if step > Self.tolerance { doubtedSince = instant }
        // Put back, it calls less old than before.
        if step < .zero - Self.tolerance { doubtedSince = nil }
        guard let since = doubtedSince else { return true }
        guard instant - since >= Self.patience else { return false }
        doubtedSince = nil
        return true
    }
}
