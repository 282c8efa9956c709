import GatewayCore
import HTTPServing
package import Spans
import Tracing

/// Spans as a collector takes them: an ExportTraceServiceRequest in the JSON of the OpenTelemetry protocol, in which ids
/// are hexadecimal, enumerations numbers, and numbers of 64 bits texts. (OTLP 1.5, "JSON Protobuf Encoding")
package struct OTLPBody: Encodable {
    private let resourceSpans: [ResourceSpans]

    /// - Parameters:
    ///   - service: `service.name` of all of them.
    ///   - version: the release.
    package init(_ spans: [FinishedSpan], service: String, version: String) {
        let attributes = [Attribute("service.name", service), Attribute("service.version", version)]
        let scope = Scope(name: "mm7-gateway", version: version)
        resourceSpans = [
            ResourceSpans(
                resource: Resource(attributes: attributes),
                scopeSpans: [ScopeSpans(scope: scope, spans: spans.map(Span.init))])
        ]
    }

    package var bytes: [UInt8] { JSONText.bytes(of: self) }

    private struct ResourceSpans: Encodable {
        let resource: Resource
        let scopeSpans: [ScopeSpans]
    }

    private struct Resource: Encodable {
        let attributes: [Attribute]
    }

    private struct ScopeSpans: Encodable {
        let scope: Scope
        let spans: [Span]
    }

    private struct Scope: Encodable {
        let name: String
        let version: String
    }

    private struct Span: Encodable {
        let traceId: String
        let spanId: String
        let parentSpanId: String?
        let name: String
        let kind: Int
        let startTimeUnixNano: String
        let endTimeUnixNano: String
        let attributes: [Attribute]
        let status: Status

        init(_ span: FinishedSpan) {
            traceId = span.place.trace.description
            spanId = span.place.span.description
            parentSpanId = span.parent?.description
            name = span.name
            kind = Self.number(of: span.kind)
            startTimeUnixNano = String(span.begin)
            endTimeUnixNano = String(span.end)
            attributes = span.attributes.map { Attribute($0.name, $0.value) }
            status = Status(code: span.isError ? 2 : 0)
        }

        private static func number(of kind: SpanKind) -> Int {
            switch kind {
            case .internal: 1
            case .server: 2
            case .client: 3
            case .producer: 4
            case .consumer: 5
            }
        }
    }

    private struct Status: Encodable {
        let code: Int
    }

    private struct Attribute: Encodable {
        let key: String
        let value: Value

        init(_ key: String, _ text: String) {
            self.key = key
            value = Value(stringValue: text)
        }

        init(_ key: String, _ value: SpanAttribute) {
            self.key = key
            self.value =
                switch value {
                case .int32(let number): Value(intValue: String(number))
                case .int64(let number): Value(intValue: String(number))
                case .double(let number): Value(doubleValue: number)
                case .bool(let truth): Value(boolValue: truth)
                case .string(let text): Value(stringValue: text)
                default: Value(stringValue: "\(value)")
                }
        }
    }

    /// One of them.
    private struct Value: Encodable {
        var stringValue: String?
        var boolValue: Bool?
        var intValue: String?
        var doubleValue: Double?
    }
}
