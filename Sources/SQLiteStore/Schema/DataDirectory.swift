import GatewayCore
import Glibc

/// The directory of the database. Only the gateway's own user can read it.
struct DataDirectory: Sendable {
    let path: String

    var database: String { "\(path)/gateway.sqlite" }

    var log: String { "\(path)/gateway.sqlite-wal" }

    /// Makes the directory if it is missing.
    ///
    /// - Throws: `.unavailable`, naming the directory, when it cannot be made.
    func prepare() throws(StoreFailure) {
        guard makeFolders() else {
            throw .unavailable("the data directory \(path) cannot be made: \(DiskRefusal())")
        }
    }

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

    /// Makes the directory and missing parents; false leaves the reason in `errno`.
    private func makeFolders() -> Bool {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(name) : "/\(name)"
            // On a read-only file system, `mkdir` reports that even for a folder that exists.
            guard mkdir(made, 0o700) == 0 || isFolder(made) else { return false }
        }
        return true
    }

    /// Whether the path is a folder; `errno` is not changed.
    private func isFolder(_ path: String) -> Bool {
        let reason = errno
        defer { errno = reason }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
