import Synchronization

/// Lets in so many at a time; the others wait, and those who came first go first.
package final class Turnstile: Sendable {
    private struct State {
        var places: Int
        var taken = 0
        var lastNumber = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []

        /// Takes the places that are free for those who came first.
        mutating func nextToEnter() -> [CheckedContinuation<Bool, Never>] {
            let entering = waiting.prefix(max(places - taken, 0)).map(\.continuation)
            waiting.removeFirst(entering.count)
            taken += entering.count
            return entering
        }
    }

    private let state: Mutex<State>

    package init(places: Int) {
        state = Mutex(State(places: places))
    }

    /// Those who are not in yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// More places let in more of those who wait; of fewer, nobody who is in has to leave.
    package func set(places: Int) {
        let entering = state.withLock { state in
            state.places = places
            return state.nextToEnter()
        }
        for continuation in entering { continuation.resume(returning: true) }
    }

    /// Does the work as soon as there is a place; nil when the task was cancelled before there was one.
    package func pass<Value: Sendable, Failure: Error>(
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
                    if state.taken < state.places {
                        state.taken += 1
                        return true
                    }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
            }
            waiting?.continuation.resume(returning: false)
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
