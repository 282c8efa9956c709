package import FoundationEssentials
import GatewayCore

/// When a call that failed is made again: offsets from the first try that double from the first delay to the last.
///
/// With the vendor's 5 s and 81,920 s these are 15 retries, the last 22 h 45 min after the first try.
package struct RetrySchedule: Sendable, Equatable {
    package var firstDelay: Duration
    package var lastDelay: Duration

    package init(firstDelay: Duration = .seconds(5), lastDelay: Duration = .seconds(81_920)) {
        self.firstDelay = firstDelay
        self.lastDelay = lastDelay
    }

    /// When to try again, or nil when that was the last try.
    ///
    /// - Parameters:
    ///   - tries: how often it was tried, this time included; at least 1.
    ///   - firstTriedAt: when it was tried first.
    package func next(afterTries tries: Int, firstTriedAt: Date, now: Date) -> Date? {
        var offset = firstDelay
        for _ in 1..<max(tries, 1) where offset <= lastDelay { offset = offset * 2 }
        // A gateway that was down goes on where the schedule is by now, and does not make up for all it missed.
        while offset <= lastDelay, firstTriedAt + offset <= now { offset = offset * 2 }
        return offset <= lastDelay ? firstTriedAt + offset : nil
    }
}
