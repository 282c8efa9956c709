import FoundationEssentials
import GatewayCore
import Synchronization

/// The downloads that are going on, and whose turn is next: customers take turns, and so do the servers of each.
final class Downloads: Sendable {
    private struct State {
        var share: MediaShare
        var ongoing: [Batch.ID: MediaSource] = [:]
        var cursor: MediaCursor?
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: MediaShare(.mediaDownloads, capacity: capacity)))
    }

    /// What may begin now; nil while all permits are held.
    func request(now: Date) -> MediaRequest? {
        state.withLock { state in
            let free = state.share.capacity - state.share.held
            guard free > 0 else { return nil }
            return MediaRequest(
                share: state.share, limit: free, now: now, ongoing: state.ongoing, cursor: state.cursor)
        }
    }

    /// Takes a permit for each. Only one caller requests at a time, so the permits are still there.
    func begin(_ found: MediaTasks) {
        state.withLock { state in
            state.cursor = found.cursor
            for task in found.tasks {
                state.share.take(for: task.queue.owner, at: task.queue)
                state.ongoing[task.batch] = task.queue
            }
        }
    }

    func end(_ task: MediaTask, after ending: MediaShare.Ending) {
        state.withLock { state in
            state.ongoing[task.batch] = nil
            state.share.giveBack(of: task.queue.owner, at: task.queue, after: ending)
        }
    }
}
