import ConfigurationReading
package import GatewayCore

extension Configuration {
    /// Where spans of the gateway's work go.
    package struct Tracing: Sendable {
        /// The URL of a collector that speaks OTLP over HTTP; nil: nobody traces.
        package var endpoint: String?
        package var headers: [(name: String, value: Secret)] = []
        /// The share of the traces that begin here. Who began any other decides about that.
        package var sampleRatio = 1.0
        package var serviceName = "mm7-gateway"
        /// The longest that a span waits to be sent.
        package var interval: Duration = .seconds(5)
        package var timeout: Duration = .seconds(10)
        /// The most spans that wait; more are dropped.
        package var queueLimit = 4096
    }
}

extension Configuration.Tracing {
    init(_ reader: ConfigurationReader) {
        reader.read("endpoint", .webURL(), into: &endpoint)
        headers = reader.headers("headers", named: .collectorHeaderName)
        reader.read("sample_ratio", .number(0...1), into: &sampleRatio)
        reader.read("service_name", .text(upTo: 255), into: &serviceName)
        reader.read("interval", .duration(from: .milliseconds(100), to: .seconds(3600)), into: &interval)
        reader.read("timeout", .duration(from: .milliseconds(100), to: .seconds(600)), into: &timeout)
        reader.read("queue_limit", .whole(16...1_000_000), into: &queueLimit)
    }
}
