import GatewayCore
import Glibc
import SQLStore
import Synchronization

/// The files that the open connections write to, recognised by their inode numbers and lengths. If the data directory
/// is removed or replaced under a running gateway, or a file is cut short, no restart would find what is written then.
final class OpenDatabase: Sendable {
    private let database: File
    private let log: File
    /// The length of the database at the last look; only SQLite may make it shorter.
    private let databaseBytes: Atomic<Int>

    /// - Parameter directory: that of the open database and its log.
    init(_ directory: DataDirectory) {
        database = File(path: directory.database)
        log = File(path: directory.log)
        databaseBytes = Atomic(database.atStart?.bytes ?? 0)
    }

    /// - Parameter connection: one with a transaction that is to be committed.
    /// - Throws: when a commit would be lost.
    func requireSameFiles(on connection: SQLiteDriver) throws(SQLError) {
        let bytes = (database: try database.bytes(), log: try log.bytes())
        let extent = try connection.logExtent()
        guard bytes.log >= extent.logBytes else { throw log.cutShort }
        let least = min(databaseBytes.load(ordering: .relaxed), extent.databaseBytes)
        guard bytes.database >= least else { throw database.cutShort }
        databaseBytes.store(bytes.database, ordering: .relaxed)
    }
}

private struct File: Sendable {
    struct Status: Sendable {
        let device: UInt
        let number: UInt
        let bytes: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt(status.st_dev)
            number = UInt(status.st_ino)
            bytes = Int(status.st_size)
        }
    }

    let path: String
    let atStart: Status?

    init(path: String) {
        self.path = path
        atStart = Status(path)
    }

    /// - Throws: when it is no longer the file that it was at the start.
    func bytes() throws(SQLError) -> Int {
        guard let status = Status(path), let atStart, status.device == atStart.device, status.number == atStart.number
        else {
            throw failure("was removed or replaced under the running gateway; put it back, or restart the gateway")
        }
        return status.bytes
    }

    var cutShort: SQLError {
        failure(
            "was cut short under the running gateway, and what was accepted last is lost with it; stop the gateway, put the "
                + "backup of the data directory in its place if there is one, and start it again")
    }

    private func failure(_ what: String) -> SQLError {
        SQLError(kind: .disk, message: "\(path) \(what)", doing: "committing")
    }
}
