import GatewayCore
import Glibc

/// Where the database lives. Only the gateway's own user can look inside.
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
        // SQLite gives its other files the mode of this one, also in a directory that others may read.
        let descriptor = open(database, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unavailable("the database in the data directory \(path) cannot be written: \(DiskRefusal())")
        }
        close(descriptor)
    }

    /// The failure of a start with the place that it is about, which SQLite's own words leave out.
    func named(in failure: StoreFailure) -> StoreFailure {
        switch failure {
        case .unavailable(let text): .unavailable("the database in the data directory \(path) cannot be used: \(text)")
        case .uncertain(let text): .uncertain("the database in the data directory \(path) cannot be used: \(text)")
        case .broken(let text): .broken("the database in the data directory \(path) cannot be used: \(text)")
        case .closed, .busy: failure
        }
    }

    /// Makes the directory and those above it that are missing; false leaves why in `errno`.
    private func makeFolders() -> Bool {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(name) : "/\(name)"
            // On a file system for reading alone, a folder that exists is refused for that first.
            guard mkdir(made, 0o700) == 0 || isFolder(made) else { return false }
        }
        return true
    }

    /// Leaves `errno` as it is.
    private func isFolder(_ path: String) -> Bool {
        let reason = errno
        defer { errno = reason }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
