package import Glibc

/// Who gets the files that the superuser makes in a folder of somebody else, so that the gateway can open them.
package struct FileOwner: Sendable, Equatable {
    package let user: uid_t
    package let group: gid_t

    /// The owner of a folder, where the process may give files away and is somebody else; else nil.
    package init?(of folder: String) {
        var status = stat()
        guard geteuid() == 0, stat(folder, &status) == 0, status.st_uid != 0 else { return nil }
        (user, group) = (status.st_uid, status.st_gid)
    }
}
