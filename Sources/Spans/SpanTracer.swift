package import GatewayCore
package import Tracing

/// Starts spans and keeps those that have ended for the exporter. Whether a span is recorded is decided by whoever began
/// its trace, so that a trace is whole or not there at all.
///
/// It is handed to those who use it and not made the process's, so that gateways and tests in one process do not meet in
/// their spans.
package struct SpanTracer: Tracer {
    package let buffer: SpanBuffer
    private let sampling: Sampling

    package init(_ sampling: Sampling, into buffer: SpanBuffer) {
        self.sampling = sampling
        self.buffer = buffer
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        let context = context()
        let parent = context[TraceKey.self]
        let trace = parent?.trace ?? TraceID(high: .random(in: 1...UInt64.max), low: .random(in: 0...UInt64.max))
        let own = TraceParent(
            trace: trace, span: SpanID(.random(in: 1...UInt64.max)),
            isSampled: sampling.records(trace, below: parent))
        return RecordedSpan(
            operationName, kind, at: own, below: parent?.span, in: context, from: instant().nanosecondsSinceEpoch,
            into: own.isSampled ? buffer : nil)
    }

    @available(*, deprecated)
    package func startAnySpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> any Tracing.Span {
        startSpan(
            operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID, line: line
        )
    }

    /// The exporter sends what there is in its own time.
    @available(*, deprecated)
    package func forceFlush() {}

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let text = extractor.extract(key: "traceparent", from: carrier), let parent = TraceParent(text) else {
            return
        }
        context[TraceKey.self] = parent
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let parent = context[TraceKey.self] else { return }
        injector.inject(parent.description, forKey: "traceparent", into: &carrier)
    }
}

/// The place in a trace that a context names.
package enum TraceKey: InstrumentationContextKey {
    package typealias Value = TraceParent
    package static var nameOverride: String? { "traceparent" }
}
