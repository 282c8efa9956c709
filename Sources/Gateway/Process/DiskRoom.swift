import Glibc

/// The room of the file system that has a folder.
struct DiskRoom: Equatable {
    /// What may still be written without the privileges of root.
    let freeBytes: Int
    let sizeBytes: Int

    /// - Throws: `Unmeasured` where the folder is not there or its file system does not say.
    init(ofFolder path: String) throws(Unmeasured) {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else {
            throw Unmeasured(path: path, reason: String(cString: strerror(errno)))
        }
        let block = Int(system.f_frsize)
        freeBytes = Int(clamping: system.f_bavail) * block
        sizeBytes = Int(clamping: system.f_blocks) * block
    }

    struct Unmeasured: Error, CustomStringConvertible {
        let path: String
        let reason: String

        var description: String { "the room at \(path) cannot be measured: \(reason)" }
    }
}
