/// How many events there were within any second.
struct BusiestSecond: Sendable {
    private var times: [ContinuousClock.Instant] = []
    /// The first of them that is less than a second old.
    private var first = 0
    private(set) var most = 0

    mutating func note(at now: ContinuousClock.Instant) {
        times.append(now)
        while now - times[first] >= .seconds(1) { first += 1 }
        most = max(most, times.count - first)
        guard first > 1024, first > times.count / 2 else { return }
        times.removeFirst(first)
        first = 0
    }
}
