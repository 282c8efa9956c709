/// Transfers whose response is known and whose body is only read so that the connection can be used again, each with
/// the time at which that is given up. Used only on the loop's thread.
final class DrainList {
    private var entries: [(ticket: Ticket, end: ContinuousClock.Instant)] = []

    /// Longer than the rest of a short answer takes from anywhere.
    private static let patience = Duration.milliseconds(500)

    func append(_ ticket: Ticket) {
        entries.append((ticket, .now + Self.patience))
    }

    /// Removes and returns the transfers whose time is over; they are in the order of their times.
    func popOverdue() -> [Ticket] {
        guard let first = entries.first, first.end <= .now else { return [] }
        let now = ContinuousClock.now
        let overdue = entries.prefix { $0.end <= now }
        entries.removeFirst(overdue.count)
        return overdue.map(\.ticket)
    }

    /// The time until the next is overdue; nil when there is none.
    var pause: Duration? {
        entries.first.map { max(ContinuousClock.now.duration(to: $0.end), .zero) }
    }
}
