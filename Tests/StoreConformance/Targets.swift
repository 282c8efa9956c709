import GatewayCore
import Synchronization

/// The targets of the events of a scene: the one that the batch names, unless a test names others.
package final class Targets: Sendable {
    private struct State {
        var naming: CallTargets = { [CallTarget($0.batchTarget)] }
        var asked: [Event.Occasion] = []
    }

    private let state = Mutex(State())

    /// What the store asked the targets of, in order.
    var asked: [Event.Occasion] { state.withLock(\.asked) }

    /// Every event has these from now on.
    func set(_ names: String...) {
        let targets = names.map { CallTarget($0) }
        state.withLock { $0.naming = { _ in targets } }
    }

    /// What an MMSC has taken has two from now on, of which the second follows the first; all else has the second.
    func set(_ first: String, then second: String) {
        let last = CallTarget(second, follows: first)
        state.withLock { $0.naming = { $0.kind.isHandedOver ? [CallTarget(first), last] : [last] } }
    }

    func of(_ occasion: Event.Occasion) -> [CallTarget] {
        state.withLock { state in
            state.asked.append(occasion)
            return state.naming(occasion)
        }
    }
}

extension Event.Occasion.Kind {
    fileprivate var isHandedOver: Bool {
        if case .message(let state) = self { state.isHandedOver } else { false }
    }
}
