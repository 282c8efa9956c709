import GatewayCore
import Synchronization

/// The targets of the events of a scene: the one that the batch names, unless a test names others.
package final class Targets: Sendable {
    private struct State {
        var naming: CallTargets = { [$0.batchTarget] }
        var asked: [Event.Occasion] = []
    }

    private let state = Mutex(State())

    /// What the store asked the targets of, in order.
    var asked: [Event.Occasion] { state.withLock(\.asked) }

    /// Every event has these from now on.
    func set(_ names: String...) { state.withLock { $0.naming = { _ in names } } }

    func of(_ occasion: Event.Occasion) -> [String] {
        state.withLock { state in
            state.asked.append(occasion)
            return state.naming(occasion)
        }
    }
}
