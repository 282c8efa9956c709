import CoreMetrics

/// A counter for each value of a label, all made at once: a series that begins with its first event hides that event
/// from a scraper, which looks at increases.
struct Counters<Value: LabelValue>: Sendable {
    private let counters: [Value: Counter]

    init(_ metric: Metric, _ label: String, besides labels: [(String, String)] = [], of factory: any MetricsFactory) {
        let pairs = Value.allCases.map { value in
            (value, Counter(metric, labels + [(label, value.rawValue)], of: factory))
        }
        counters = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    func count(_ value: Value, by number: Int = 1) { counters[value]?.increment(by: number) }
}

extension Counter {
    convenience init(_ metric: Metric, _ labels: [(String, String)] = [], of factory: any MetricsFactory) {
        self.init(label: metric.rawValue, dimensions: labels, factory: factory)
    }
}

extension Meter {
    convenience init(_ metric: Metric, _ labels: [(String, String)] = [], of factory: any MetricsFactory) {
        self.init(label: metric.rawValue, dimensions: labels, factory: factory)
    }
}

extension CoreMetrics.Timer {
    convenience init(_ metric: Metric, _ labels: [(String, String)] = [], of factory: any MetricsFactory) {
        self.init(label: metric.rawValue, dimensions: labels, factory: factory)
    }

    /// Records a duration of 292 years at most.
    func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (nanoseconds, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isOverNow) = nanoseconds.addingReportingOverflow(attoseconds / 1_000_000_000)
        recordNanoseconds(isOver || isOverNow ? .max : sum)
    }
}
