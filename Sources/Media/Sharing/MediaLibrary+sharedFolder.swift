import Glibc

/// A folder that several gateways write to, often on several machines.
extension MediaLibrary {
    /// Removes a file, unless somebody has stored it again since the look.
    ///
    /// No lock reaches all machines. The file is taken off its shelf first, and its time looked at then: whoever stored
    /// the content again before has changed the time, and the file is put back; whoever stores it afterwards finds none
    /// and writes it anew.
    func removeFromSharedFolder(_ entry: Entry) throws(DiskFailure) -> Bool {
        let (path, aside) = (path(of: entry.hash), newDraft())
        guard rename(path, aside) == 0 else {
            if errno == ENOENT { return false }
            throw DiskFailure("remove a media file")
        }
        guard try Self.modificationTime(of: aside) == entry.storedAt else {
            // In the place of a file that was written anew: the content is the same, and both are young.
            guard rename(aside, path) == 0 else { throw DiskFailure("put a media file back") }
            return false
        }
        guard unlink(aside) == 0 || errno == ENOENT else { throw DiskFailure("remove a media file") }
        return true
    }

    /// In nanoseconds. A network file system asks its server when a file is opened; before, it may know an older time.
    private static func modificationTime(of path: String) throws(DiskFailure) -> Int64 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFailure("open a media file") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw DiskFailure("measure a media file") }
        return status.st_mtim.nanoseconds
    }
}
