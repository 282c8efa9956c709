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
        try DataDirectory(path: path).prepare()
        lock = try DirectoryLock(directory: path)
        self.path = path
    }

    /// The database, as it is named in the directory.
    package static let databaseName = "gateway.sqlite"
    /// What a gateway leaves that is no state of its own: nothing is lost with it.
    package static let lockName = "gateway.lock"

    /// Whether the start of a gateway would take the directory: the database and what is beside it fit together.
    package func check() throws(StoreFailure) {
        try StoreFiles(directory: DataDirectory(path: path)).examine()
    }
}
