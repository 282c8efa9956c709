import Synchronization

/// The directory in force. A reload replaces it whole; work that has begun ends with the one it began with.
package final class CurrentDirectory: Sendable {
    /// Raised by every reload, for the one loop that starts what is new.
    package let changed = Signal()
    private let directory: Mutex<Directory>

    package init(_ directory: Directory) {
        self.directory = Mutex(directory)
    }

    package var now: Directory { directory.withLock { $0 } }

    package func replace(with new: Directory) {
        directory.withLock { current in
            let generation = current.generation + 1
            current = new
            current.generation = generation
        }
        changed.raise()
    }
}
