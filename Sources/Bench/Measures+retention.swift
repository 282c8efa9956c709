import FoundationEssentials
import GatewayCore

extension Measures {
    /// A month of messages of which a week is kept, day by day.
    ///
    /// - Parameters:
    ///   - rate: messages a second of the simulated time.
    ///   - line: gets each line as soon as it is known.
    package func retention(
        rate: Double, days: Int = 30, keptDays: Int = 7, _ line: (String) -> Void
    ) async throws -> String {
        line(
            """
            \(days) days at \(rate) messages a second, each a batch of its own; what ended \(keptDays) days ago goes
            at 100 a second everything but the times is \(Int((100 / rate).rounded())) times as much
            day  batches   events    database  free      log     removed  step p99  longest   commit beside  without
            """)
        let all = try await Self.inFolder { folder, _ in
            try await RetentionBench(rate: rate, days: days, keptDays: keptDays, dataDirectory: folder).run { day in
                line(Self.line(day))
            }
        }
        let (full, end) = (all[min(keptDays, all.count - 1)].kept.bytes, all[all.count - 1].kept.bytes)
        let growth = Double(end - full) / Double(max(full, 1)) * 100
        let held = all.flatMap(\.steps).map { $0.work + $0.commit }
        let long = held.count { $0 > .milliseconds(20) }
        return """
            the database after day \(min(keptDays + 1, all.count)): \(Self.megabytes(full)), after day \(all.count): \
            \(Self.megabytes(end)), \((growth * 100).rounded() / 100) % more
            \(held.count) steps, \(long) of them longer than 20 ms with their commit
            """
    }

    private static func line(_ day: RetentionBench.Day) -> String {
        let work = Latencies(day.steps.map(\.work), total: .zero)
        let beside = Latencies(day.duringRemoval, total: .zero)
        let without = Latencies(day.duringTraffic, total: .zero)
        return [
            "\(day.number)".padded(5), "\(day.kept.batches)".padded(10), "\(day.kept.events)".padded(10),
            megabytes(day.kept.bytes).padded(10), megabytes(day.kept.freeBytes).padded(10),
            megabytes(day.logBytes).padded(8), "\(day.removedBatches)".padded(9),
            work.percentile(0.99).inMilliseconds.padded(10), work.percentile(1).inMilliseconds.padded(10),
            "p99 \(beside.percentile(0.99).inMilliseconds)".padded(15),
            "p99 \(without.percentile(0.99).inMilliseconds)",
        ].joined()
    }

    private static func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 100_000).rounded() / 10) MB" }
}

extension Duration {
    fileprivate var inMilliseconds: String { "\(((self / .milliseconds(1)) * 10).rounded() / 10) ms" }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }
}
