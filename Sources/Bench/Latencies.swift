import Synchronization

/// How long each of many calls took, and all of them together.
struct Latencies: Sendable {
    /// The times from the shortest to the longest.
    private let sorted: [Duration]
    let total: Duration

    init(_ durations: [Duration], total: Duration) {
        sorted = durations.sorted()
        self.total = total
    }

    var count: Int { sorted.count }
    var perSecond: Int { Int(Double(sorted.count) / (total / .seconds(1))) }

    /// The time within which this share of the calls ended, 0 to 1.
    func percentile(_ share: Double) -> Duration {
        sorted.isEmpty ? .zero : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// Makes calls from several clients, each one after the other.
    ///
    /// - Parameter call: gets the number of the call, from 0.
    static func of(
        _ count: Int, clients: Int, call: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Latencies {
        let next = Counter()
        let clock = ContinuousClock()
        let start = clock.now
        let durations = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var durations: [Duration] = []
                    while case let number = next.next(), number < count {
                        durations.append(try await clock.measure { try await call(number) })
                    }
                    return durations
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Latencies(durations, total: start.duration(to: clock.now))
    }
}

private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
