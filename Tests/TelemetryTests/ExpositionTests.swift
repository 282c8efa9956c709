import CoreMetrics
import Testing

@testable import Telemetry

@Suite("Prometheus' text format")
struct ExpositionTests {
    @Test("metrics and series are in the order of their names, each with help and type")
    func format() {
        let prometheus = Prometheus([
            .init(name: "sent_total", help: #"Sent\taken, "all""# + "\nof them"),
            .init(name: "wait_seconds", help: "Waits.", buckets: [0.5, 5]),
            .init(name: "depth", help: "Depth."),
        ])
        let timer = CoreMetrics.Timer(label: "wait_seconds", factory: prometheus)
        timer.recordMilliseconds(500)
        timer.recordMilliseconds(750)
        timer.recordSeconds(60)
        Counter(label: "sent_total", dimensions: [("mmsc", "south")], factory: prometheus).increment(by: 3)
        Counter(label: "sent_total", dimensions: [("mmsc", "north")], factory: prometheus).increment()
        Meter(label: "depth", factory: prometheus).set(-0.25)

        #expect(
            prometheus.render() == #"""
                # HELP depth Depth.
                # TYPE depth gauge
                depth -0.25
                # HELP mm7_dropped_series_total Series that were asked for and not made: too many, or of another type than the rest.
                # TYPE mm7_dropped_series_total counter
                mm7_dropped_series_total 0
                # HELP sent_total Sent\\taken, "all"\nof them
                # TYPE sent_total counter
                sent_total{mmsc="north"} 1
                sent_total{mmsc="south"} 3
                # HELP wait_seconds Waits.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.5"} 1
                wait_seconds_bucket{le="5"} 2
                wait_seconds_bucket{le="+Inf"} 3
                wait_seconds_sum 61.25
                wait_seconds_count 3

                """#)
    }

    @Test(
        "the values of labels are escaped",
        arguments: [
            (#"a"b"#, #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), ("a\r\nb", "a\r" + #"\nb"#), ("süd", "süd"),
            ("", ""),
        ])
    func escaping(value: String, written: String) {
        #expect(Labels([("mmsc", value)]).text == #"mmsc="\#(written)""#)
    }

    @Test(
        "names of other libraries become names that Prometheus takes",
        arguments: [
            ("http.requests-total", "http_requests_total"), ("4xx", "_4xx"), ("a:b", "a:b"), ("", "_"),
            ("größe", "gr__e"),
        ])
    func names(name: String, written: String) {
        #expect(name.metricName == written)
    }

    @Test("a label cannot pass for the bound of a bucket")
    func reservedLabel() {
        #expect(Labels([("le", "1"), ("a:b", "2")]).text == #"a_b="2",le_="1""#)
    }

    @Test("the same labels in another order are the same series")
    func order() {
        let prometheus = Prometheus()
        Counter(label: "a", dimensions: [("x", "1"), ("y", "2")], factory: prometheus).increment()
        Counter(label: "a", dimensions: [("y", "2"), ("x", "1")], factory: prometheus).increment()

        #expect(prometheus.lines.contains(#"a{x="1",y="2"} 2"#))
    }

    @Test(
        "numbers are written as Prometheus reads them",
        arguments: [
            (0.0, "0"), (1e15, "1000000000000000"), (0.1, "0.1"), (1e-7, "1e-07"), (1e300, "1e+300"),
            (.infinity, "+Inf"),
            (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func numbers(value: Double, written: String) {
        #expect(value.sample == written)
    }
}

extension Prometheus {
    var lines: [String] { render().split(separator: "\n").map(String.init) }
}
