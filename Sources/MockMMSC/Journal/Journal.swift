import Synchronization

/// What the MMSC saw and did: counters for all of it, and the newest submissions and CancelReqs.
package final class Journal: Sendable {
    private struct State {
        var counts = Counts()
        var busiestSecond = BusiestSecond()
        var submissions: Recent<ReceivedSubmission>
        var withdrawals: Recent<ReceivedWithdrawal>
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private struct Waiter {
        let isSatisfied: @Sendable (Counts) -> Bool
        let continuation: CheckedContinuation<Counts?, Never>
    }

    private let state: Mutex<State>

    private let onSubmission: (@Sendable (ReceivedSubmission) -> Void)?

    /// - Parameter onSubmission: called with each submission once it is in the journal.
    init(limit: Int, onSubmission: (@Sendable (ReceivedSubmission) -> Void)? = nil) {
        state = Mutex(State(submissions: Recent(limit: limit), withdrawals: Recent(limit: limit)))
        self.onSubmission = onSubmission
    }

    package var counts: Counts { state.withLock { $0.counts } }

    /// The newest submissions, the oldest of them first.
    package var submissions: [ReceivedSubmission] { state.withLock { $0.submissions.elements } }

    /// The newest CancelReqs, the oldest of them first.
    package var withdrawals: [ReceivedWithdrawal] { state.withLock { $0.withdrawals.elements } }

    /// Returns as soon as the counts are as wanted, which may be at once.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    @discardableResult
    package func wait(until isSatisfied: @escaping @Sendable (Counts) -> Bool) async throws -> Counts {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let counts = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Counts?, Never>) in
                let counts = state.withLock { state -> Counts?? in
                    if isSatisfied(state.counts) { return .some(state.counts) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiters[number] = Waiter(isSatisfied: isSatisfied, continuation: continuation)
                    return nil
                }
                if let counts { continuation.resume(returning: counts) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(returning: nil)
        }
        guard let counts else { throw CancellationError() }
        return counts
    }

    func record(_ submission: ReceivedSubmission) {
        change { state in
            state.submissions.append(submission)
            state.counts.received += 1
            state.busiestSecond.note(at: .now)
            state.counts.mostInSecond = state.busiestSecond.most
            state.counts[keyPath: submission.outcome.counter] += 1
        }
        onSubmission?(submission)
    }

    func record(_ withdrawal: ReceivedWithdrawal) {
        change { state in
            state.withdrawals.append(withdrawal)
            state.counts.cancelsReceived += 1
        }
    }

    func count(_ counter: WritableKeyPath<Counts, Int>, by difference: Int = 1) {
        change { $0.counts[keyPath: counter] += difference }
    }

    /// A post came; `close` follows when it is answered.
    func open() {
        change { state in
            state.counts.open += 1
            state.counts.mostOpen = max(state.counts.mostOpen, state.counts.open)
        }
    }

    func close() { count(\.open, by: -1) }

    private func change(_ body: (inout State) -> Void) {
        let (waiters, counts) = state.withLock { state in
            body(&state)
            let counts = state.counts
            let satisfied = state.waiters.filter { $0.value.isSatisfied(counts) }
            for number in satisfied.keys { state.waiters[number] = nil }
            return (satisfied.values.map(\.continuation), counts)
        }
        for waiter in waiters { waiter.resume(returning: counts) }
    }
}
