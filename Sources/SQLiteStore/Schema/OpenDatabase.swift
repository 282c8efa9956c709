import CSQLite
import GatewayCore
import Glibc

/// The files that the open connections write to, known again by their numbers: a data directory that is removed or
/// replaced under a running gateway leaves it files that no restart would find.
struct OpenDatabase: Sendable {
    private let files: [(path: String, identity: FileIdentity)]

    private struct FileIdentity: Sendable, Equatable {
        let device: UInt
        let number: UInt

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            number = UInt(status.st_ino)
        }
    }

    /// - Parameter directory: whose database is open, its log included.
    init(_ directory: DataDirectory) {
        files = [directory.database, directory.log].compactMap { path in
            FileIdentity(path).map { (path: path, identity: $0) }
        }
    }

    /// - Throws: when what is committed now would be lost.
    func requirePlace() throws(SQLiteError) {
        for (path, identity) in files where FileIdentity(path) != identity {
            throw SQLiteError(
                code: SQLITE_IOERR,
                message:
                    "\(path) was removed or replaced under the running gateway; put it back, or restart the gateway",
                doing: "committing")
        }
    }
}
