package import GatewayCore
import Synchronization
package import Tracing

/// A span that has begun. One that is not sampled has its place in the trace, and records nothing.
package final class RecordedSpan: Tracing.Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var status: SpanStatus?
        var hasEnded = false
    }

    package let context: InstrumentationContext
    /// Its own place in the trace, below which others begin.
    package let place: TraceParent
    private let parent: SpanID?
    private let kind: SpanKind
    private let begin: UInt64
    private let buffer: SpanBuffer?
    private let state: Mutex<State>

    /// - Parameter buffer: nil for a span that is not sampled.
    init(
        _ name: String, _ kind: SpanKind, at place: TraceParent, below parent: SpanID?,
        in context: InstrumentationContext, from begin: UInt64, into buffer: SpanBuffer?
    ) {
        var context = context
        context[TraceKey.self] = place
        self.context = context
        self.place = place
        self.parent = parent
        self.kind = kind
        self.begin = begin
        self.buffer = buffer
        state = Mutex(State(name: name))
    }

    package var isRecording: Bool { buffer != nil && !state.withLock { $0.hasEnded } }

    package var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { if buffer != nil { state.withLock { $0.attributes = newValue } } }
    }

    package func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

    /// Events and links are not exported: nothing here makes any.
    package func addEvent(_ event: SpanEvent) {}
    package func addLink(_ link: SpanLink) {}

    package func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        // The words of an error may be a peer's.
        setStatus(SpanStatus(code: .error))
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard let buffer else { return }
        let end = instant().nanosecondsSinceEpoch
        let finished = state.withLock { state -> FinishedSpan? in
            guard !state.hasEnded else { return nil }
            state.hasEnded = true
            return FinishedSpan(
                name: state.name, kind: kind, place: place, parent: parent, begin: begin, end: max(begin, end),
                attributes: FinishedSpan.attributes(state.attributes), isError: state.status?.code == .error)
        }
        if let finished { buffer.take(finished) }
    }
}

/// A span that has ended.
package struct FinishedSpan: Sendable, Equatable {
    package var name: String
    package var kind: SpanKind
    package var place: TraceParent
    package var parent: SpanID?
    /// Nanoseconds since 1970.
    package var begin: UInt64
    package var end: UInt64
    /// By name, in the order of the alphabet.
    package var attributes: [Attribute]
    package var isError: Bool

    package struct Attribute: Sendable, Equatable {
        package var name: String
        package var value: SpanAttribute
    }

    static func attributes(_ attributes: SpanAttributes) -> [Attribute] {
        var list: [Attribute] = []
        func append(_ name: String, _ value: SpanAttribute) { list.append(Attribute(name: name, value: value)) }
        attributes.forEach(append)
        return list.sorted { $0.name < $1.name }
    }
}
