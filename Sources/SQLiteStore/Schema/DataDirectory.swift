import GatewayCore
import Glibc

/// The directory of the database. Only the gateway's own user can read it.
struct DataDirectory: Sendable {
    let path: String

    var database: String { "\(path)/gateway.sqlite" }

    var log: String { "\(path)/gateway.sqlite-wal" }

    /// Makes an empty database file if it is missing.
    ///
    /// - Throws: `.unavailable`, naming the directory, when it cannot be written.
    func prepareDatabase() throws(StoreFailure) {
        // SQLite gives its other files the mode of this one, even in a directory that others may read.
        let descriptor = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unavailable("the database in the data directory \(path) cannot be written: \(DiskRefusal())")
        }
        close(descriptor)
    }

    /// The failure of a start, with the directory, which SQLite's own text does not name.
    func named(in failure: StoreFailure) -> StoreFailure {
        switch failure {
        case .unavailable(let text): .unavailable("the database in the data directory \(path) cannot be used: \(text)")
        case .uncertain(let text): .uncertain("the database in the data directory \(path) cannot be used: \(text)")
        case .broken(let text): .broken("the database in the data directory \(path) cannot be used: \(text)")
        case .closed, .busy: failure
        }
    }
}
