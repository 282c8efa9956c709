import Synchronization

/// Requests that somebody may have to end all at once.
package final class RequestGroup: Sendable {
    private struct State {
        var ends: [ObjectIdentifier: @Sendable () -> Void] = [:]
        var generation = 0
    }

    /// Lets one request into the group, if it begins before the others are ended.
    package struct Pass: Sendable {
        fileprivate let group: RequestGroup
        fileprivate let generation: Int
    }

    private let state = Mutex(State())

    package init() {}

    /// A pass of this moment: a request that goes with it is ended by every `endAll` from now on.
    package var pass: Pass { Pass(group: self, generation: state.withLock(\.generation)) }

    /// Ends those that are in flight, with `.cancelled`, and closes their connections.
    package func endAll() {
        let ends = state.withLock { state in
            state.generation += 1
            return Array(state.ends.values)
        }
        for end in ends { end() }
    }

    fileprivate func add(_ ticket: Ticket, of generation: Int, end: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.generation == generation else { return false }
            state.ends[ObjectIdentifier(ticket)] = end
            return true
        }
    }

    fileprivate func remove(_ ticket: Ticket) {
        state.withLock { _ = $0.ends.removeValue(forKey: ObjectIdentifier(ticket)) }
    }
}

extension RequestGroup.Pass {
    /// False where the others were ended since the pass was given.
    func admit(_ ticket: Ticket, end: @escaping @Sendable () -> Void) -> Bool {
        group.add(ticket, of: generation, end: end)
    }

    func leave(_ ticket: Ticket) { group.remove(ticket) }
}
