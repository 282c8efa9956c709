package import GatewayCore
import Glibc

/// A data directory that is being restored, and that no gateway can use meanwhile.
package final class RestoredDirectory: Sendable {
    package let path: String
    private let lock: DirectoryLock

    /// Makes the directory if it is missing.
    ///
    /// - Throws: `.unavailable` when a gateway runs there, or it cannot be written.
    package init(_ path: String) throws(StoreFailure) {
        try DataFolder.make(path)
        lock = try DirectoryLock(directory: path)
        self.path = path
    }

    /// The database, as it is named in the directory.
    package static let databaseName = "gateway.sqlite"
    /// What a gateway leaves that is no state of its own: nothing is lost with it.
    package static let lockName = "gateway.lock"

    /// The file that says that a restore has begun and did not come to its end: a gateway that finds no database beside it
    /// begins with none of its own.
    package static let markName = "restore.unfinished"

    /// Makes the mark, and waits until it is on the disk.
    package func begin() throws(StoreFailure) {
        let mark = "\(path)/\(Self.markName)"
        let descriptor = open(mark, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("\(mark) cannot be made: \(DiskRefusal())") }
        defer { close(descriptor) }
        let folder = open(path, O_RDONLY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        guard fsync(descriptor) == 0, folder >= 0, fsync(folder) == 0 else {
            throw .unavailable("\(mark) cannot be written: \(DiskRefusal())")
        }
    }

    /// Removes the mark. Where that fails it is of no account: the database is there.
    package func end() { unlink("\(path)/\(Self.markName)") }

    /// Whether the start of a gateway would take the directory: the database and what is beside it fit together.
    package func check() throws(StoreFailure) {
        try StoreFiles(directory: DataDirectory(path: path)).examine()
    }
}
