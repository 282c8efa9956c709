import Glibc

/// The data directory, which only the gateway's own user can read.
package enum DataFolder {
    /// Makes the directory if it is missing.
    ///
    /// - Throws: `.unavailable`, naming the directory, when it cannot be made.
    package static func make(_ path: String) throws(StoreFailure) {
        guard makeFolders(path) else {
            throw .unavailable("the data directory \(path) cannot be made: \(DiskRefusal())")
        }
    }

    /// Makes the directory and missing parents; false leaves the reason in `errno`.
    private static func makeFolders(_ path: String) -> Bool {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += made.isEmpty || made.hasSuffix("/") ? String(name) : "/\(name)"
            // On a read-only file system, `mkdir` reports that even for a folder that exists.
            guard mkdir(made, 0o700) == 0 || isFolder(made) else { return false }
        }
        return true
    }

    /// Whether the path is a folder; `errno` is not changed.
    private static func isFolder(_ path: String) -> Bool {
        let reason = errno
        defer { errno = reason }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
