import CoreMetrics
import Synchronization

/// How many values fell into each of some fixed ranges.
package final class PrometheusHistogram: Sendable {
    private let bounds: [Double]
    private let tally: Mutex<Tally>

    private struct Tally {
        /// One for each bound and one for what is above them all; not cumulative.
        var counts: [UInt64]
        var sum = 0.0
    }

    /// The bounds for times in seconds, from the answer of a machine nearby to an MMSC that takes a minute.
    package static let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    /// - Parameter bounds: the greatest value of each range, ascending.
    init(_ bounds: [Double]) {
        self.bounds = bounds
        tally = Mutex(Tally(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    private func observe(_ value: Double) {
        // One infinite or invalid value would spoil the sum for ever.
        guard value.isFinite else { return }
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
        tally.withLock { [bucket] tally in
            tally.counts[bucket] += 1
            tally.sum += value
        }
    }
}

extension PrometheusHistogram: RecorderHandler, TimerHandler {
    package func record(_ value: Int64) { observe(Double(value)) }
    package func record(_ value: Double) { observe(value) }
    package func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
}

extension PrometheusHistogram: Instrument {
    static let type = "histogram"

    /// The buckets, the one above them all, the sum and the count.
    var seriesCount: Int { bounds.count + 3 }

    func write(_ name: String, _ labels: Labels, to text: inout String) {
        // Copied element by element: otherwise the next recording would have to copy the shared array.
        let tally = tally.withLock { Tally(counts: $0.counts.map(\.self), sum: $0.sum) }
        var count: UInt64 = 0
        for (bound, more) in zip(bounds + [.infinity], tally.counts) {
            count += more
            text.appendSample(name + "_bucket", labels.with("le", bound.sample), Double(count))
        }
        text.appendSample(name + "_sum", labels, tally.sum)
        text.appendSample(name + "_count", labels, Double(count))
    }
}
