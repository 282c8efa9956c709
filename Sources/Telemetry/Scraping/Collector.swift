import Synchronization

/// Reads figures that nobody records as they change, such as the length of a queue, and records them in `Telemetry`.
package struct Collector: Sendable {
    let collect: @Sendable (Telemetry) async throws -> Void

    /// - Parameter collect: runs at each scrape, never twice at a time. A run that throws or takes too long leaves the
    ///   values as they are.
    package init(_ collect: @escaping @Sendable (Telemetry) async throws -> Void) {
        self.collect = collect
    }
}

/// One collector, and who waits for it.
final class CollectorRun: Sendable {
    private let collector: Collector
    private let telemetry: Telemetry
    private let state = Mutex(State.idle)

    private enum State {
        case idle
        case running([AsyncStream<Void>.Continuation])
        /// Nobody waits for the reading any more, and no new one begins before it ends.
        case late
    }

    init(_ collector: Collector, _ telemetry: Telemetry) {
        self.collector = collector
        self.telemetry = telemetry
    }

    /// Begins a reading, or joins the one in progress.
    ///
    /// - Parameter waiter: yielded to at its end; at once where the reading is late already.
    func begin(_ waiter: AsyncStream<Void>.Continuation) {
        let isMine = state.withLock { state in
            switch state {
            case .idle:
                state = .running([waiter])
                return true
            case .running(let others):
                state = .running(others + [waiter])
            case .late:
                waiter.yield()
            }
            return false
        }
        guard isMine else { return }
        // Nobody awaits this task: a collector that ignores cancellation must not hold up the scrape.
        Task { await self.run() }
    }

    private func run() async {
        let outcome: CollectionOutcome
        do {
            try await collector.collect(telemetry)
            outcome = .made
        } catch {
            outcome = .failed
        }
        let waiters: [AsyncStream<Void>.Continuation]? = state.withLock { state in
            defer { state = .idle }
            guard case .running(let waiters) = state else { return nil }
            return waiters
        }
        // A late reading has been counted as late.
        guard let waiters else { return }
        telemetry.collected(outcome)
        for waiter in waiters { waiter.yield() }
    }

    /// Stops waiting for the reading: the time is over.
    func giveUp() {
        let waiters: [AsyncStream<Void>.Continuation]? = state.withLock { state in
            guard case .running(let waiters) = state else { return nil }
            state = .late
            return waiters
        }
        guard let waiters else { return }
        telemetry.collected(.late)
        for waiter in waiters { waiter.yield() }
    }
}
