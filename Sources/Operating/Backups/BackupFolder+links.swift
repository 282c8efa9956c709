import Glibc

/// A folder of backups has no links. Whoever can write to it could otherwise have a command, which the superuser may run,
/// read or remove what lies elsewhere.
extension BackupFolder {
    static func isLink(_ path: String) -> Bool { kind(of: path) == S_IFLNK }

    static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// - Throws: where there is anything but a folder of its own.
    static func requireFolder(_ path: String) throws(BackupFailure) {
        guard !isLink(path) else { throw BackupFailure("\(path) is a link, and a backup has none") }
        guard isFolder(path) else { throw BackupFailure("\(path) is no folder") }
    }

    /// Nil where there is nothing.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
