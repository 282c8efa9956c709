import GatewayCore

/// The rate of one MMSC as the time at which the next message may go: each message that is sent moves it by one
/// interval, so that over a minute the rate is kept exactly.
///
/// Times are those of a clock that nobody sets, as `SteadyClock.systemUptime`.
struct RateLimit: Sendable {
    /// When the next message may go.
    private(set) var nextPermit: Duration

    /// A sender that comes late catches up this far and no further: that is also the largest burst.
    private static let tolerance = Duration.milliseconds(100)

    init(now: Duration) {
        nextPermit = now
    }

    /// How many messages may go at this moment.
    mutating func available(perSecond rate: Double, now: Duration) -> Int {
        nextPermit = max(nextPermit, now - Self.tolerance)
        let lead = now - nextPermit
        return lead < .zero ? 0 : Int(lead.seconds * rate) + 1
    }

    mutating func take(_ count: Int, perSecond rate: Double) {
        nextPermit += .seconds(Double(count) / rate)
    }
}
