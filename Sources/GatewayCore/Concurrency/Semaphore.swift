import Synchronization

/// Lets so many do their work at a time; the others wait, and those who came first go first.
package final class Semaphore: Sendable {
    private typealias Waiter = CheckedContinuation<Bool, Never>

    private struct State {
        var permits: Int
        var taken = 0
        var lastNumber = 0
        var waiting = WaitList<Waiter>()

        /// Takes the permits that are free for those who came first.
        mutating func nextToEnter() -> [Waiter] {
            let entering = waiting.removeFirst(upTo: permits - taken)
            taken += entering.count
            return entering
        }
    }

    private let state: Mutex<State>

    package init(permits: Int) {
        state = Mutex(State(permits: permits))
    }

    /// How many wait at this moment.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// More permits admit more of those who wait; with fewer, nobody has to give back a permit.
    package func set(permits: Int) {
        let entering = state.withLock { state in
            state.permits = permits
            return state.nextToEnter()
        }
        for continuation in entering { continuation.resume(returning: true) }
    }

    /// Does the work as soon as there is a permit; nil when the task was cancelled before there was one.
    package func withPermit<Value: Sendable, Failure: Error>(
        _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value? {
        guard await enter() else { return nil }
        defer { leave() }
        return try await work()
    }

    private func enter() async -> Bool {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    // A cancellation from here on finds the task among those who wait.
                    if Task.isCancelled { return false }
                    if state.taken < state.permits {
                        state.taken += 1
                        return true
                    }
                    state.waiting.append(continuation, as: number)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiting.remove(number) }?.resume(returning: false)
        }
    }

    private func leave() {
        let entering = state.withLock { state in
            state.taken -= 1
            return state.nextToEnter()
        }
        for continuation in entering { continuation.resume(returning: true) }
    }
}
