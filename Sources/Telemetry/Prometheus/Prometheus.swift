package import CoreMetrics
import Synchronization

/// A backend for swift-metrics that keeps every series in memory and writes them in Prometheus' text format.
///
/// Counters, meters and gauges are one atomic word, timers and recorders a histogram of fixed buckets. The same name
/// and labels give the same series. The number of series is bounded: one that is asked for beyond it counts nothing,
/// and is itself counted as dropped.
package final class Prometheus: Sendable {
    private let descriptions: [String: Description]
    private let registry: Mutex<Registry>

    /// What a scraper learns about a metric, and how a histogram of that name divides its values.
    package struct Description: Sendable {
        package let name: String
        package let help: String
        /// Upper bounds, ascending, without the last that takes everything.
        package let buckets: [Double]

        package init(name: String, help: String, buckets: [Double] = PrometheusHistogram.seconds) {
            self.name = name
            self.help = help
            self.buckets = buckets
        }
    }

    /// - Parameters:
    ///   - descriptions: descriptions of the known metrics; others get their name as the help text.
    ///   - seriesLimit: the most series of all metrics that a scraper sees; a histogram counts as one for each bucket
    ///     and three more.
    package init(_ descriptions: [Description] = [], seriesLimit: Int = 10_000) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        registry = Mutex(Registry(seriesLimit: seriesLimit))
    }

    /// Everything, in the text format 0.0.4; metrics and series are in the order of their names and labels.
    package func render() -> String {
        // Written outside the lock: recording needs no lock, but making a series does.
        registry.withLock { $0.families }.exposition
    }

    /// Nil where the bound is reached, or the name belongs to a metric of another type.
    private func find<Found: Instrument>(
        _ label: String, _ dimensions: [(String, String)], make: @Sendable (Description) -> Found
    ) -> Found? {
        let name = label.metricName
        let description = descriptions[name] ?? Description(name: name, help: name)
        let labels = Labels(dimensions)
        return registry.withLock { registry in
            registry.find(name, help: description.help, labels: labels) { make(description) }
        }
    }

    private func forget(_ handler: AnyObject) {
        registry.withLock { $0.forget(handler) }
    }
}

extension Prometheus: MetricsFactory {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        find(label, dimensions) { _ in PrometheusCounter() } ?? NOOPMetricsHandler.instance
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        find(label, dimensions) { _ in PrometheusCounter() } ?? NOOPMetricsHandler.instance
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        find(label, dimensions) { _ in PrometheusGauge() } ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            return find(label, dimensions) { PrometheusHistogram($0.buckets) } ?? NOOPMetricsHandler.instance
        }
        return find(label, dimensions) { _ in PrometheusGauge() } ?? NOOPMetricsHandler.instance
    }

    /// A timer, in seconds.
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        find(label, dimensions) { PrometheusHistogram($0.buckets) } ?? NOOPMetricsHandler.instance
    }

    package func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { forget(handler) }
}
