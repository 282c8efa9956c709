import FoundationEssentials
import GatewayCore

/// The rate of one MMSC as the time at which the next message may go: each that goes moves it by one interval, so that
/// over a minute neither more nor less than the rate goes through.
struct RateLimit: Sendable {
    /// When the next message may go.
    private(set) var nextPermit: Date
    private var lastLook: Date

    /// A sender that comes late catches up this far and no further: that is also the largest burst.
    private static let tolerance = 0.1

    init(now: Date) {
        nextPermit = now
        lastLook = now
    }

    /// How many messages may go at this moment.
    mutating func available(perSecond rate: Double, now: Date) -> Int {
        // A clock that was set back takes what was promised with it.
        if now < lastLook { nextPermit.addTimeInterval(now.timeIntervalSince(lastLook)) }
        lastLook = now
        nextPermit = max(nextPermit, now.addingTimeInterval(-Self.tolerance))
        let lead = now.timeIntervalSince(nextPermit)
        return lead < 0 ? 0 : Int(lead * rate) + 1
    }

    mutating func take(_ count: Int, perSecond rate: Double) {
        nextPermit.addTimeInterval(Double(count) / rate)
    }
}
