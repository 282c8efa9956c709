package import GatewayCore
import Tracing

/// By what the parts of the gateway record their work. Where nobody traces it costs a look.
package struct Spans: Sendable {
    private let tracer: SpanTracer?

    /// - Parameter tracer: nil where nobody traces.
    package init(_ tracer: SpanTracer?) {
        self.tracer = tracer
    }

    /// Records nothing.
    package static let none = Spans(nil)

    package var isOn: Bool { tracer != nil }

    /// Begins a piece of work.
    ///
    /// - Parameters:
    ///   - name: a constant, or made of names of the configuration; never of what a peer said.
    ///   - trace: what the work comes from; nil records nothing.
    package func begin(_ name: @autoclosure () -> String, _ kind: WorkSpan.Kind, in trace: Trace?) -> WorkSpan {
        guard let tracer, var trace else { return WorkSpan(span: nil, trace: trace) }
        var context = InstrumentationContext.topLevel
        context[TraceKey.self] = trace.parent
        let span = tracer.startSpan(name(), context: context, ofKind: kind == .server ? .server : .client)
        span.attributes["mm7.request_id"] = trace.requestID
        trace.parent = span.place
        return WorkSpan(span: span, trace: trace)
    }
}

/// A piece of work that has begun.
package struct WorkSpan: Sendable {
    package enum Kind: Sendable {
        /// The answer to a request.
        case server
        /// A request to somebody else.
        case client
    }

    private let span: RecordedSpan?
    /// What those get whom the work calls: the trace with this work as the parent, where somebody traces.
    package let trace: Trace?

    init(span: RecordedSpan?, trace: Trace?) {
        self.span = span
        self.trace = trace
    }

    /// Whether anybody reads what is set.
    package var isRecording: Bool { span?.isRecording ?? false }

    package func rename(_ name: @autoclosure () -> String) {
        if isRecording { span?.operationName = name() }
    }

    package func set(_ name: String, _ value: @autoclosure () -> String?) {
        guard isRecording, let value = value() else { return }
        span?.attributes[name] = value
    }

    package func set(_ name: String, _ value: @autoclosure () -> Int?) {
        guard isRecording, let value = value() else { return }
        span?.attributes[name] = value
    }

    /// Ends the work.
    package func end(failed: Bool = false) {
        guard let span else { return }
        if failed { span.setStatus(SpanStatus(code: .error)) }
        span.end()
    }
}

extension WorkSpan {
    /// Sets the server of a URL; the rest of it may be a secret.
    package func calls(_ url: @autoclosure () -> String, method: String) {
        guard isRecording else { return }
        set("http.request.method", method)
        // `https://media.example:443`
        guard let (_, server) = WebServer(of: url()).description.halves(at: "/"),
            let colon = server.lastIndex(of: ":")
        else { return }
        set("server.address", String(server[..<colon].drop { $0 == "/" }))
        set("server.port", Int(server[server.index(after: colon)...]))
    }
}
