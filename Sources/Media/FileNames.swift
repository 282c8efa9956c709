import Synchronization

/// Lets one caller at a time give or remove names of files. The lock is held for one or two calls on names, never on
/// content.
final class NameLock: Sendable {
    private let mutex = Mutex(())

    func withLock<Value: Sendable>(_ body: () throws(DiskFailure) -> Value) throws(DiskFailure) -> Value {
        try mutex.withLock { (_) throws(DiskFailure) in try body() }
    }
}

/// Names that this process has brought to the disk. Of many, the latest few thousand are known.
final class SafeNames: Sendable {
    private struct State {
        var latest: Set<String> = []
        var earlier: Set<String> = []
    }

    private static let limit = 2048
    private let state = Mutex(State())

    func contains(_ name: String) -> Bool {
        state.withLock { $0.latest.contains(name) || $0.earlier.contains(name) }
    }

    func insert(_ name: String) {
        state.withLock { state in
            if state.latest.count >= Self.limit { (state.earlier, state.latest) = (state.latest, []) }
            state.latest.insert(name)
        }
    }
}
