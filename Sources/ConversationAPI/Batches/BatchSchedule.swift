import CustomerServing
import FoundationEssentials

/// When a batch is sent.
struct BatchSchedule: Equatable, Sendable {
    /// What the answer says: for a batch that goes at once the time at which it was taken.
    let sendAfter: Date
    /// Whether it waits; only such a batch may be cancelled.
    let isLater: Bool

    /// At most so far ahead it is sent at once.
    private static let soonSeconds: TimeInterval = 60
    /// Later ones begin at a full five minutes.
    private static let stepSeconds: TimeInterval = 300
    private static let longestSeconds: TimeInterval = 7 * 24 * 3600

    /// - Parameter wanted: `send_after`; nil for at once.
    /// - Throws: `violation` for more than seven days ahead.
    init(_ wanted: Date?, now: Date) throws(MalformedRequest) {
        guard let wanted, wanted.timeIntervalSince(now) > Self.soonSeconds else {
            sendAfter = now
            isLater = false
            return
        }
        guard wanted.timeIntervalSince(now) <= Self.longestSeconds else {
            throw .violation(at: "send_after", "must be at most 7 days ahead")
        }
        let steps = (wanted.timeIntervalSince1970 / Self.stepSeconds).rounded(.up)
        sendAfter = Date(timeIntervalSince1970: steps * Self.stepSeconds)
        isLater = true
    }
}
