import Synchronization

/// What callers on any thread tell the loop, in order.
final class Mailbox: Sendable {
    enum Command: Sendable {
        case start(Submission)
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
        /// The loop waits, or is about to, with nothing to do: only the next command need wake it.
        var isLoopAsleep = false
        var awaitingEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let multi: MultiHandle

    init(waking multi: MultiHandle) {
        self.multi = multi
    }

    /// Hands the loop a command; false if it takes none any more.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard state.phase == .open else { return false }
            state.commands.append(command)
            wakeLoop(&state)
            return true
        }
    }

    /// Tells the loop to end everything, and the waiter when that is done.
    func close(notifying waiter: CheckedContinuation<Void, Never>?) {
        let isClosed = state.withLock { state in
            guard state.phase != .closed else { return true }
            state.phase = .closing
            if let waiter {
                state.awaitingEnd.append(waiter)
            }
            wakeLoop(&state)
            return false
        }
        if isClosed {
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

    /// For the loop: ends all wake-ups and runs the last step, then tells those who wait for the end.
    func end(afterwards lastStep: () -> Void) {
        state.withLock { $0.phase = .closed }
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

    /// Called with the lock held and not after `end`, so that the handle is certain to exist.
    private func wakeLoop(_ state: inout State) {
        if state.isLoopAsleep {
            state.isLoopAsleep = false
            multi.wakeUp()
        }
    }
}
