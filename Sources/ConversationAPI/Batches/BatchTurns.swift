import FoundationEssentials
import GatewayCore
import Synchronization

/// Which batches are being worked on, and which may begin next: projects take turns, since each makes as many apps as it
/// likes, and each batch that is worked on holds its request in memory.
final class BatchTurns: Sendable {
    private struct State {
        var share: FairShare<Owner, Owner>
        /// Batches that could not be worked on, until when they are left alone.
        var postponed: [AppBatch.ID: Date] = [:]
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: FairShare(.appBatches, capacity: capacity)))
    }

    /// How many are left alone at this moment: a look has to find others behind them.
    func postponedCount(now: Date) -> Int {
        state.withLock { state in
            state.postponed = state.postponed.filter { $0.value > now }
            return state.postponed.count
        }
    }

    /// When the first of them may begin; nil where there are none.
    var nextEnd: Date? { state.withLock { $0.postponed.values.min() } }

    /// Those of the batches that begin now.
    func begin(_ batches: [AppBatch]) -> [AppBatch] {
        state.withLock { state in
            var waiting = batches.filter { state.postponed[$0.id] == nil }
            var begun: [AppBatch] = []
            while let next = state.share.next(among: waiting.lazy.map { (owner: $0.payer, target: $0.payer) }) {
                let batch = waiting.remove(at: next)
                state.share.take(for: batch.payer, at: batch.payer)
                begun.append(batch)
            }
            return begun
        }
    }

    /// - Parameter time: when it may begin again; nil for at once.
    func end(_ batch: AppBatch, postponedUntil time: Date? = nil) {
        state.withLock { state in
            state.share.giveBack(of: batch.payer, at: batch.payer, after: .silent)
            state.postponed[batch.id] = time
        }
    }
}

extension AppBatch {
    /// Who shares with others.
    fileprivate var payer: Owner { if case .app(_, let project) = owner { .project(project) } else { owner } }
}
