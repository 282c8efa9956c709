import FoundationEssentials
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

    /// What tells this directory from all others, as it is written in the lock's own file since it was first asked for. A
    /// copy of the file does not count: it has another number in its file system.
    ///
    /// - Throws: `.unavailable` when it can be neither read nor written.
    package func identity() throws(StoreFailure) -> ULID {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unavailable("the data directory cannot be read: \(DiskRefusal())")
        }
        let place = " \(status.st_dev):\(status.st_ino)"
        var octets = [UInt8](repeating: 0, count: 128)
        let count = max(pread(descriptor, &octets, octets.count, 0), 0)
        let text = String(decoding: octets.prefix(count), as: UTF8.self)
        if text.hasSuffix(place), let kept = ULID(text.dropLast(place.count)) { return kept }
        let identity = ULIDGenerator().next(at: Date())
        let line = Array("\(identity)\(place)".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, line, line.count, 0) == line.count,
            fsync(descriptor) == 0
        else {
            throw .unavailable("the data directory cannot be written: \(DiskRefusal())")
        }
        return identity
    }

    /// Unlocks before closing: a child process that is being started holds a copy of the descriptor until it runs its
    /// program.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
