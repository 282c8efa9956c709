import CoreMetrics

/// A gauge, which goes up and down.
final class PrometheusGauge: MeterHandler, RecorderHandler, Instrument {
    static let type = "gauge"
    let seriesCount = 1

    private let value = AtomicDouble(0)

    func set(_ value: Int64) { self.value.store(Double(value)) }
    func set(_ value: Double) { self.value.store(value) }
    func increment(by amount: Double) { value.add(amount) }
    func decrement(by amount: Double) { value.add(-amount) }
    /// A recorder that does not aggregate keeps its last value.
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    func write(_ name: String, _ labels: Labels, to text: inout String) {
        text.appendSample(name, labels, value.load())
    }
}
