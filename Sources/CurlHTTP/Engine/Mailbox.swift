import Glibc
import Synchronization

/// The commands from callers on any thread to the loop, in order.
final class Mailbox: Sendable {
    enum Command: Sendable {
        case start(PendingRequest)
        case cancel(Ticket)
    }

    private enum Phase {
        case open
        case closing
        case closed
    }

    private struct State {
        var phase = Phase.open
        var commands: [Command] = []
        /// Whether the loop waits, or is about to, with nothing to do. Only the next command has to wake it.
        var isLoopAsleep = false
        var awaitingEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let multi: MultiHandle
    /// The number of callers that are about to wake the loop.
    private let wakers = Atomic(0)

    init(waking multi: MultiHandle) {
        self.multi = multi
    }

    /// Passes a command to the loop; false if the loop takes no more.
    @discardableResult
    func post(_ command: Command) -> Bool {
        let isSleeper = state.withLock { state -> Bool? in
            guard state.phase == .open else { return nil }
            state.commands.append(command)
            return endSleep(&state)
        }
        if isSleeper == true { wakeLoop() }
        return isSleeper != nil
    }

    /// Asks the loop to end everything, and resumes the waiter when that is done.
    func close(notifying waiter: CheckedContinuation<Void, Never>?) {
        let isSleeper = state.withLock { state -> Bool? in
            guard state.phase != .closed else { return nil }
            state.phase = .closing
            if let waiter {
                state.awaitingEnd.append(waiter)
            }
            return endSleep(&state)
        }
        if isSleeper == true { wakeLoop() }
        if isSleeper == nil {
            waiter?.resume()
        }
    }

    /// For the loop: swaps the commands waiting for an empty array, whose storage is used again. False once closing.
    func receive(into commands: inout [Command]) -> Bool {
        state.withLock { state in
            state.isLoopAsleep = false
            swap(&state.commands, &commands)
            return state.phase == .open
        }
    }

    /// For the loop: whether it may wait. If so, the next command wakes it.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isLoopAsleep = state.commands.isEmpty && state.phase == .open
            return state.isLoopAsleep
        }
    }

    /// For the loop: ends all wake-ups and runs the last step, then resumes those who wait for the end.
    func end(afterwards lastStep: () -> Void) {
        state.withLock { $0.phase = .closed }
        while wakers.load(ordering: .acquiring) > 0 { sched_yield() }
        lastStep()
        let waiters = state.withLock { state in
            let waiters = state.awaitingEnd
            state.awaitingEnd = []
            return waiters
        }
        for waiter in waiters {
            waiter.resume()
        }
    }

    /// Called with the lock held; returns whether the loop has to be woken. That is done after the lock is released,
    /// because the loop needs it next.
    private func endSleep(_ state: inout State) -> Bool {
        guard state.isLoopAsleep else { return false }
        state.isLoopAsleep = false
        wakers.add(1, ordering: .relaxed)
        return true
    }

    /// Wakes the loop. The handle exists for certain, because its end waits for all callers that wake it.
    private func wakeLoop() {
        multi.wakeUp()
        wakers.subtract(1, ordering: .releasing)
    }
}
