package import FoundationEssentials
import Synchronization

/// Wakes one waiting loop when there is something to do, and lets it sleep until then.
///
/// A ring is never lost: one that comes while nobody waits ends the next wait at once. Many rings are as good as one.
package final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.hasRung = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, when the time has come, or when the task is cancelled. One loop waits at a time: a
    /// second one is a programmer's mistake, for each ring wakes one.
    package func wait(until deadline: Date, clock: some DomainClock) async {
        if state.withLock({ $0.hasRung }) { return rest() }
        await withTaskGroup(of: Void.self) { group in
            // A sleep that ends early does so because of a cancellation: the ring then ends the wait below as well.
            group.addTask {
                try? await clock.sleep(until: deadline)
                self.ring()
            }
            await nextRing()
            group.cancelAll()
        }
        rest()
    }

    private func nextRing() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let hasRung = state.withLock { state in
                precondition(state.waiter == nil, "two loops wait at one doorbell")
                if !state.hasRung { state.waiter = continuation }
                return state.hasRung
            }
            if hasRung { continuation.resume() }
        }
    }

    private func rest() {
        state.withLock { $0.hasRung = false }
    }
}
