import FoundationEssentials
import GatewayCore
import Glibc

/// Where the database lives. Only the gateway's own user can look inside.
struct DataDirectory: Sendable {
    let path: String

    var database: String { "\(path)/gateway.sqlite" }

    /// Makes the directory and an empty database file if they are missing.
    ///
    /// - Throws: `.unavailable`, naming the directory, when it cannot be made or written.
    func prepare() throws(StoreFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unavailable("the data directory \(path) cannot be made")
        }
        // SQLite gives its other files the mode of this one, also in a directory that others may read.
        let descriptor = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unavailable("the database in \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        close(descriptor)
    }
}
