import Synchronization

/// The directory in force: what the configuration says, and the apps and webhooks that were made through the API. A
/// reload replaces the first, a change through the API the second; work that has begun ends with the directory that it
/// began with.
package final class CurrentDirectory: Sendable {
    /// Raised by every reload, for the one loop that starts what is new.
    package let changed = Signal()
    private let parts: Mutex<Parts>
    private let merged: Mutex<Directory>

    /// Locked while a directory is made of them, for which no reader waits.
    private struct Parts {
        var configured: Directory
        var additions = Directory.Additions()
    }

    package init(_ directory: Directory) {
        parts = Mutex(Parts(configured: directory))
        merged = Mutex(directory)
    }

    package var now: Directory { merged.withLock { $0 } }

    /// Puts what the configuration says in the place of what it said.
    package func replace(with new: Directory) {
        change { parts in
            let generation = parts.configured.generation + 1
            parts.configured = new
            parts.configured.generation = generation
        }
        changed.raise()
    }

    /// Puts what was made through the API in the place of what was there. The generation stays: nothing that was
    /// derived of MMSCs and routes is old now.
    package func replace(with additions: Directory.Additions) {
        change { $0.additions = additions }
    }

    private func change(_ change: (inout Parts) -> Void) {
        parts.withLock { parts in
            change(&parts)
            let directory = parts.configured.adding(parts.additions)
            merged.withLock { $0 = directory }
        }
    }
}
