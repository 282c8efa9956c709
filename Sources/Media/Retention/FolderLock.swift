import GatewayCore
import Glibc

/// A process's sole right to what a folder holds, for a while: a backup and a sweep of the media do not meet, nor do two
/// backups. The system ends the right with the process, however the process ends.
package final class FolderLock: Sendable {
    private let descriptor: Int32

    package static let name = "backup.lock"

    /// Takes the lock without waiting; nil where another process has it.
    ///
    /// - Parameter folder: where the file of the lock is made if it is missing. Where it cannot be made because the disk
    ///   cannot be written, nobody else can change the folder either, and the lock is none.
    package init?(_ folder: String) throws(DiskFailure) {
        let path = "\(folder)/\(Self.name)"
        // Whoever may write to the folder may not have the superuser open, or give away, what a link leads to.
        var descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        if descriptor < 0, errno == EROFS || errno == EACCES { descriptor = open(folder, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw DiskFailure(inDataDirectory: "\(path) cannot be made: \(DiskRefusal())")
        }
        Self.giveToOwner(of: folder, descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            Glibc.close(descriptor)
            if reason == EWOULDBLOCK { return nil }
            throw DiskFailure(inDataDirectory: "\(path) cannot be locked: \(DiskRefusal(errno: reason))")
        }
        self.descriptor = descriptor
    }

    /// A backup by the superuser leaves a file that the gateway can open.
    private static func giveToOwner(of folder: String, _ descriptor: Int32) {
        var status = stat()
        guard let owner = FileOwner(of: folder), fstat(descriptor, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1
        else { return }
        // If it fails, the sweep logs that it may not open the file.
        _ = fchown(descriptor, owner.user, owner.group)
    }

    /// Unlocks before closing: a child process that is being started holds a copy of the descriptor until it runs its
    /// program.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }
}
