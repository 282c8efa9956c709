import Synchronization

/// Permits of a shared resource for work that waits in this process, given out by a `FairShare`.
package final class SharedPermits<Owner: Hashable & Sendable, Target: Hashable & Sendable>: Sendable {
    package typealias Share = FairShare<Owner, Target>

    /// Why there was no permit.
    package enum Refusal: Error, Equatable, Sendable {
        /// The list of those who wait is full, in all or for this owner.
        case full
        /// The task was cancelled while it waited, so its deadline may have come.
        case cancelled
    }

    private typealias Waiter = CheckedContinuation<Refusal?, Never>

    private struct State {
        var share: Share
        var waiting = FairWaitList<Owner, Target, Waiter>()

        /// One owner has half of the list at most, so that the next who comes finds one.
        func isFull(for owner: Owner, limit: Int) -> Bool {
            waiting.count >= limit || waiting.count(of: owner) >= max(limit / 2, 1)
        }

        /// Takes the permits that are free for those whose turn it is.
        mutating func nextToEnter() -> [Waiter] {
            var entering: [Waiter] = []
            while share.held < share.capacity, waiting.count > 0, let waiter = waiting.enter(&share) {
                entering.append(waiter)
            }
            return entering
        }
    }

    private let state: Mutex<State>
    private let waitingLimit: Int

    /// - Parameters:
    ///   - capacity: permits in all.
    ///   - waitingLimit: how many may wait for one, of all owners, and half as many of one; whoever comes after that is
    ///     refused at once, unless a permit is free.
    package init(_ resource: SharedResource, capacity: Int, waitingLimit: Int) {
        state = Mutex(State(share: Share(resource, capacity: capacity)))
        self.waitingLimit = waitingLimit
    }

    /// How many wait at this moment.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// How many permits are in use at this moment.
    package var held: Int { state.withLock { $0.share.held } }

    /// Does the work once it is the owner's turn.
    ///
    /// - Parameter work: returns with its value how it ended for the target; work that throws says nothing of it.
    /// - Throws: `Refusal` when the work was not begun, else what the work throws.
    package func withPermit<Value: Sendable>(
        for owner: Owner, at target: Target, _ work: () async throws -> (Value, Share.Ending)
    ) async throws -> Value {
        if let refusal = await enter(owner, target) { throw refusal }
        do {
            let (value, ending) = try await work()
            leave(owner, target, after: ending)
            return value
        } catch {
            leave(owner, target, after: .silent)
            throw error
        }
    }

    /// A permit once it is the owner's turn, for work that goes on after the call: an answer that is written while its
    /// client reads. It is given back with its last reference.
    ///
    /// - Throws: when there is none.
    package func permit(for owner: Owner, at target: Target) async throws(Refusal) -> HeldPermit {
        if let refusal = await enter(owner, target) { throw refusal }
        return HeldPermit { self.leave(owner, target, after: .silent) }
    }

    private func enter(_ owner: Owner, _ target: Target) async -> Refusal? {
        // The number in the list, for a cancellation to find it.
        let numberInList = Mutex<Int?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Refusal?? in
                    // A cancellation from here on finds the task among those who wait.
                    if Task.isCancelled { return .some(.cancelled) }
                    // Whoever waits and may enter has entered: a permit that is free now is nobody else's.
                    if state.share.freePermits(of: owner, at: target) > 0 {
                        state.share.take(for: owner, at: target)
                        return .some(nil)
                    }
                    if state.isFull(for: owner, limit: waitingLimit) { return .some(.full) }
                    let number = state.waiting.append(continuation, of: owner, at: target)
                    numberInList.withLock { $0 = number }
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in numberInList.withLock(\.self).flatMap { state.waiting.remove($0) } }
            waiter?.resume(returning: .cancelled)
        }
    }

    private func leave(_ owner: Owner, _ target: Target, after ending: Share.Ending) {
        let entering = state.withLock { state in
            state.share.giveBack(of: owner, at: target, after: ending)
            return state.nextToEnter()
        }
        for continuation in entering { continuation.resume(returning: nil) }
    }
}

/// A permit that is given back with its last reference.
package final class HeldPermit: Sendable {
    private let giveBack: @Sendable () -> Void

    fileprivate init(_ giveBack: @escaping @Sendable () -> Void) {
        self.giveBack = giveBack
    }

    deinit {
        giveBack()
    }
}
