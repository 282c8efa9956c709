/// Work that is done after one and the same time, in the order in which it came.
struct DueQueue<Work> {
    let delay: Duration
    private var entries: [(due: MonotonicTime, work: Work)] = []
    private var first = 0

    init(after delay: Duration) { self.delay = delay }

    /// When the oldest is due; nil when there is none.
    var next: MonotonicTime? { first < entries.count ? entries[first].due : nil }

    mutating func add(_ work: Work, at now: MonotonicTime = .now) { entries.append((now + delay, work)) }

    /// The oldest, if it is due by then.
    mutating func take(at now: MonotonicTime) -> Work? {
        guard first < entries.count, entries[first].due <= now else { return nil }
        first += 1
        defer {
            // Half of it is empty: moving the rest to the front costs each entry one move.
            if first > 1_000, first * 2 > entries.count {
                entries.removeFirst(first)
                first = 0
            }
        }
        return entries[first - 1].work
    }
}
