import Synchronization

/// Spans that wait for the exporter. What finds no room is dropped and counted: work never waits for it.
package final class SpanBuffer: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        var dropped = 0
    }

    private let limit: Int
    private let state = Mutex(State())
    private let wake: AsyncStream<Void>.Continuation
    /// Yields when it is half full.
    package let fillings: AsyncStream<Void>

    package init(limit: Int) {
        self.limit = limit
        (fillings, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func take(_ span: FinishedSpan) {
        let isHalfFull = state.withLock { state in
            guard state.spans.count < limit else {
                state.dropped += 1
                return false
            }
            state.spans.append(span)
            return state.spans.count == (limit + 1) / 2
        }
        if isHalfFull { wake.yield() }
    }

    /// Wakes the exporter.
    package func rouse() { wake.yield() }

    /// The oldest spans, which leave the buffer.
    package func next(upTo count: Int) -> [FinishedSpan] {
        state.withLock { state in
            let next = Array(state.spans.prefix(count))
            state.spans.removeFirst(next.count)
            return next
        }
    }

    /// How many were dropped since the last call.
    package func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }
}
