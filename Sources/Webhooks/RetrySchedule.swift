/// When a call that failed is made again: the offsets of the tries from the first try double, from the first delay to
/// the last.
///
/// With the vendor's 5 s and 81,920 s these are 15 retries, the last 22 h 45 min after the first try. Tries are
/// counted, not derived from the time of the first, so that neither a clock that is set nor a stop of the gateway costs
/// a try.
package struct RetrySchedule: Sendable, Equatable {
    package var firstDelay: Duration
    package var lastDelay: Duration

    package init(firstDelay: Duration = .seconds(5), lastDelay: Duration = .seconds(81_920)) {
        self.firstDelay = firstDelay
        self.lastDelay = lastDelay
    }

    /// How long to wait for the next try, or nil when that was the last.
    ///
    /// - Parameter tries: how often it was tried, this time included; at least 1.
    package func pause(afterTries tries: Int) -> Duration? {
        var before = Duration.zero
        var offset = firstDelay
        for _ in 1..<max(tries, 1) where offset <= lastDelay { (before, offset) = (offset, offset * 2) }
        return offset <= lastDelay ? offset - before : nil
    }
}
