/// A rate as the time at which the next message or call may go: each that goes moves it by one interval, so that over a
/// minute the rate is kept exactly.
///
/// Times are those of a clock that nobody sets, as `SteadyClock.systemUptime`.
package struct RateLimit: Sendable {
    /// When the next may go.
    package private(set) var nextPermit: Duration

    /// A sender that comes late catches up this far and no further: that is also the largest burst.
    fileprivate static let tolerance = Duration.milliseconds(100)

    package init(now: Duration) {
        nextPermit = now
    }

    /// How many may go at this moment.
    package mutating func available(perSecond rate: Double, now: Duration) -> Int {
        nextPermit = max(nextPermit, now - Self.tolerance)
        let lead = now - nextPermit
        return lead < .zero ? 0 : Int(lead.seconds * rate) + 1
    }

    package mutating func take(_ count: Int, perSecond rate: Double) {
        nextPermit += .seconds(Double(count) / rate)
    }
}

/// The rates of many owners, each of its own.
package struct RateLimits<Owner: Hashable & Sendable>: Sendable {
    private var limits: [Owner: (limit: RateLimit, rate: Double)] = [:]

    /// The most owners that are remembered while nothing of theirs counts.
    private static var memory: Int { 4096 }

    package init() {}

    /// How many an owner may have at this moment.
    package mutating func available(to owner: Owner, perSecond rate: Double, now: Duration) -> Int {
        var limit = limits[owner]?.limit ?? RateLimit(now: now)
        let count = limit.available(perSecond: rate, now: now)
        limits[owner] = (limit, rate)
        if limits.count > Self.memory { forgetTheIdle(now) }
        return count
    }

    /// Counts what an owner got, by the rate for which it last asked; an owner without a rate is not counted.
    package mutating func take(_ count: Int = 1, of owner: Owner) {
        guard let rate = limits[owner]?.rate else { return }
        limits[owner]?.limit.take(count, perSecond: rate)
    }

    /// When the first of those who may have none now may have one; nil where there are no such owners.
    package func nextPermit(after now: Duration) -> Duration? {
        limits.values.lazy.map(\.limit.nextPermit).filter { $0 > now }.min()
    }

    /// Who has taken nothing for so long is the same as somebody new.
    private mutating func forgetTheIdle(_ now: Duration) {
        limits = limits.filter { $0.value.limit.nextPermit > now - RateLimit.tolerance }
    }
}
