import Glibc

/// A process's sole right to a data directory. The system ends the right with the process, however the process ends.
package final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, without waiting.
    ///
    /// - Throws: `.unavailable`, naming the directory, when another process has the lock or the file cannot be made.
    package init(directory: String) throws(StoreFailure) {
        let descriptor = open("\(directory)/gateway.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unavailable("the data directory \(directory) cannot be written: \(DiskRefusal())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            Glibc.close(descriptor)
            throw .unavailable(
                reason == EWOULDBLOCK
                    ? "the data directory \(directory) is in use by another gateway"
                    : "the data directory \(directory) cannot be locked: \(DiskRefusal(errno: reason))")
        }
        self.descriptor = descriptor
    }

    /// Unlocks before closing: a child process that is being started holds a copy of the descriptor until it runs its
    /// program.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
