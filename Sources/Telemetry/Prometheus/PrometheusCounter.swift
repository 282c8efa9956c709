import CoreMetrics
import Synchronization

/// A counter, which only grows.
final class PrometheusCounter: CounterHandler, FloatingPointCounterHandler, Instrument {
    static let type = "counter"
    let seriesCount = 1

    private let whole = Atomic<Int64>(0)
    /// The floating point amounts, kept apart so that adding a whole number is one instruction.
    private let fractions = AtomicDouble(0)

    var value: Double { Double(whole.load(ordering: .relaxed)) + fractions.load() }

    /// A negative amount is a fault of its caller, and a scraper would take it for a restart: it adds nothing.
    func increment(by amount: Int64) {
        if amount > 0 { whole.wrappingAdd(amount, ordering: .relaxed) }
    }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { fractions.add(amount) }
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        fractions.store(0)
    }

    func write(_ name: String, _ labels: Labels, to text: inout String) {
        text.appendSample(name, labels, value)
    }
}
