import FoundationEssentials
import GatewayCore
import Synchronization

/// Moves to the end of each sleep at once, so many times; the next sleep lasts until it is cancelled.
final class SteppingClock: DomainClock {
    private let state: Mutex<(now: Date, deadlines: [Date])>
    private let steps: Int
    let isDone: AsyncStream<Void>
    private let done: AsyncStream<Void>.Continuation

    init(at now: Date, steps: Int) {
        state = Mutex((now, []))
        self.steps = steps
        (isDone, done) = AsyncStream.makeStream()
    }

    var deadlines: [Date] { state.withLock { $0.deadlines } }

    func now() -> Date { state.withLock { $0.now } }

    func sleep(until deadline: Date) async throws {
        let count = state.withLock { state in
            state.now = deadline
            state.deadlines.append(deadline)
            return state.deadlines.count
        }
        guard count > steps else { return }
        done.finish()
        try await Task.sleep(for: .seconds(3600))
    }
}
