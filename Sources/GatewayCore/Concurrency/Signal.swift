package import FoundationEssentials
import Synchronization

/// Wakes one waiting loop when there is something to do, and lets it sleep until then.
///
/// No signal is lost: one that is raised while nobody waits ends the next wait at once. Raising it several times before
/// a wait is the same as raising it once.
package final class Signal: Sendable {
    private struct State {
        var isRaised = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func raise() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isRaised = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns when it is raised next, when the time has come, or when the task is cancelled. One loop waits at a time:
    /// a second one is a programmer's mistake, for each signal wakes one.
    package func wait(until deadline: Date, clock: some DomainClock) async {
        if state.withLock({ $0.isRaised }) { return rest() }
        await withTaskGroup(of: Void.self) { group in
            // A sleep that ends early does so because of a cancellation: the signal then ends the wait below as well.
            group.addTask {
                try? await clock.sleep(until: deadline)
                self.raise()
            }
            await nextRaise()
            group.cancelAll()
        }
        rest()
    }

    private func nextRaise() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isRaised = state.withLock { state in
                precondition(state.waiter == nil, "two loops wait for one signal")
                if !state.isRaised { state.waiter = continuation }
                return state.isRaised
            }
            if isRaised { continuation.resume() }
        }
    }

    private func rest() {
        state.withLock { $0.isRaised = false }
    }
}

/// Something that happens once, and that others look for.
package final class OnceFlag: Sendable {
    private let value = Atomic(false)

    package init() {}

    package var isRaised: Bool { value.load(ordering: .acquiring) }

    package func raise() { value.store(true, ordering: .releasing) }
}
