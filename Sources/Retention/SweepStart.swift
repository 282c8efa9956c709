package import FoundationEssentials
package import GatewayCore

/// Where a sweep begins. Batches that lists of apps keep for half a year are passed over once a day and not each hour.
package struct SweepStart: Sendable {
    /// When the last whole sweep began.
    private var whole: Date?
    /// How far the last whole sweep came, and the one before it.
    private var last: RemovalCursor?
    private var before: RemovalCursor?
    private var isWhole = false

    package init() {}

    private static let day = Duration.seconds(86_400)

    /// - Returns: nil for the beginning. Other sweeps look at what became old enough in the last day or two, since what
    ///   was made then may have ended later.
    package mutating func begin(at now: Date) -> RemovalCursor? {
        isWhole = whole.map { now.since($0) >= Self.day || now < $0 } ?? true
        guard isWhole else { return before }
        whole = now
        (before, last) = (last, nil)
        return nil
    }

    /// The sweep goes on behind this.
    package mutating func reached(_ cursor: RemovalCursor) {
        if isWhole { last = cursor }
    }
}
