import CoreMetrics
import Testing

@testable import Telemetry

@Suite("What the backend keeps")
struct PrometheusTests {
    @Test("nothing is lost when many count at once")
    func concurrency() async {
        let prometheus = Prometheus([.init(name: "t", help: "", buckets: [1])])
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = Counter(label: "c", factory: prometheus)
                    let fractions = FloatingPointCounter(label: "f", factory: prometheus)
                    let meter = Meter(label: "m", factory: prometheus)
                    let timer = CoreMetrics.Timer(label: "t", factory: prometheus)
                    for _ in 0..<1000 {
                        counter.increment()
                        fractions.increment(by: 0.5)
                        meter.increment()
                        timer.recordSeconds(2)
                    }
                    meter.decrement(by: 999.0)
                }
            }
        }

        let lines = prometheus.lines
        #expect(lines.contains("c 8000"))
        #expect(lines.contains("f 4000"))
        #expect(lines.contains("m 8"))
        #expect(lines.contains(#"t_bucket{le="1"} 0"#))
        #expect(lines.contains(#"t_bucket{le="+Inf"} 8000"#))
        #expect(lines.contains("t_sum 16000"))
    }

    @Test("the buckets of a histogram are cumulative, their bounds part of them, and the last takes all")
    func buckets() {
        let prometheus = Prometheus()
        let timer = CoreMetrics.Timer(label: "t", factory: prometheus)
        for bound in PrometheusHistogram.seconds { timer.recordNanoseconds(Int64((bound * 1e9).rounded())) }
        timer.recordSeconds(61)

        let buckets = prometheus.lines.filter { $0.hasPrefix("t_bucket") }
        let bounds =
            ["0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5"]
            + ["1", "2.5", "5", "10", "30", "60", "+Inf"]
        #expect(buckets == bounds.enumerated().map { #"t_bucket{le="\#($1)"} \#($0 + 1)"# })
    }

    @Test("a counter does not go down, and what is no number spoils no sum")
    func nonsense() {
        let prometheus = Prometheus([.init(name: "r", help: "", buckets: [1])])
        let counter = Counter(label: "c", factory: prometheus)
        counter.increment(by: 2)
        counter.increment(by: -1)
        let recorder = Recorder(label: "r", aggregate: true, factory: prometheus)
        recorder.record(Double.nan)
        recorder.record(1)

        #expect(prometheus.lines.contains("c 2"))
        #expect(prometheus.lines.contains("r_sum 1"))
    }

    @Test("beyond the bound on series nothing is kept but how many were not")
    func bound() {
        let prometheus = Prometheus([.init(name: "r", help: "", buckets: [1, 2])], seriesLimit: 6)
        let series = (1...3).map { Counter(label: "c", dimensions: [("n", "\($0)")], factory: prometheus) }
        // Five series: two buckets, the one above them, sum and count.
        let recorder = Recorder(label: "r", aggregate: true, factory: prometheus)
        recorder.record(1)
        series[2].destroy()
        for place in 4...9 { Counter(label: "c", dimensions: [("n", "\(place)")], factory: prometheus).increment() }

        let lines = prometheus.lines
        #expect(lines.filter { $0.hasPrefix("c{") }.count == 6)
        #expect(!lines.contains { $0.hasPrefix("r_") || $0.contains(#""3""#) })
        #expect(lines.contains("mm7_dropped_series_total 3"))
    }

    @Test("a name has one type; what asks for another counts nothing")
    func types() {
        let prometheus = Prometheus()
        Counter(label: "a", factory: prometheus).increment()
        Meter(label: "a", factory: prometheus).set(7)
        FloatingPointCounter(label: "a", factory: prometheus).increment(by: 0.5)

        #expect(prometheus.lines.contains("# TYPE a counter"))
        #expect(prometheus.lines.contains("a 1.5"))
        #expect(prometheus.lines.contains("mm7_dropped_series_total 1"))
    }
}
