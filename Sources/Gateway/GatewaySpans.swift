import CurlHTTP
import GatewayConfiguration
import Logging
import ServiceLifecycle
import SpanExport
import Spans
import Telemetry
import Trust

/// By what the gateway records its work, as the configuration has it.
struct GatewaySpans: Sendable {
    let spans: Spans
    private let export: (buffer: SpanBuffer, settings: SpanExporter.Settings)?

    init(_ configuration: Configuration, version: String) {
        let tracing = configuration.tracing
        guard let endpoint = tracing.endpoint else {
            spans = .none
            export = nil
            return
        }
        let buffer = SpanBuffer(limit: tracing.queueLimit)
        spans = Spans(SpanTracer(Sampling(ratio: tracing.sampleRatio), into: buffer))
        let settings = SpanExporter.Settings(
            endpoint: endpoint, headers: tracing.headers, serviceName: tracing.serviceName, version: version,
            interval: tracing.interval, timeout: tracing.timeout, trust: configuration.trust)
        export = (buffer, settings)
    }

    /// What sends the spans; nil where nobody traces.
    func exporter(client: HTTPClient, telemetry: Telemetry, logger: Logger) -> (any Service)? {
        export.map { buffer, settings in
            SpanExporter(buffer, client: client, settings: settings, telemetry: telemetry, logger: logger)
        }
    }
}
