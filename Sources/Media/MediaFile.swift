import Glibc

/// Whole files through the system's calls; each call blocks.
package enum MediaFile {
    /// Writes a new file and waits until it is on the disk.
    package static func write(_ bytes: [UInt8], to path: String) throws(DiskFailure) {
        try write(bytes[...], to: path)
    }

    /// The same for a part of something larger, which is not copied.
    package static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(DiskFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskFailure("create a media file") }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw DiskFailure("write a media file") }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw DiskFailure("sync a media file") }
    }

    /// Reads a file of known length.
    package static func read(_ path: String, byteCount: Int) throws(DiskFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFailure("open a media file") }
        defer { close(descriptor) }
        var failure: DiskFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, filled in
            while filled < byteCount {
                let count = Glibc.read(descriptor, buffer.baseAddress! + filled, byteCount - filled)
                if count < 0 && errno == EINTR { continue }
                if count < 0 { failure = DiskFailure("read a media file") }
                if count <= 0 { break }
                filled += count
            }
        }
        if let failure { throw failure }
        guard bytes.count == byteCount else { throw DiskFailure("read a media file to its end", errno: EIO) }
        return bytes
    }

    /// Sets the modification time to now; false when there is no such file.
    static func renew(_ path: String) throws(DiskFailure) -> Bool {
        if utimensat(AT_FDCWD, path, nil, 0) == 0 { return true }
        guard errno == ENOENT else { throw DiskFailure("renew a media file") }
        return false
    }

    /// Whether there is a file whose modification time is within the last minute.
    static func isYoung(_ path: String) -> Bool {
        var (status, now) = (stat(), timespec())
        guard lstat(path, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        // A time to come would keep it from being renewed for too long.
        return (now.tv_sec - 60...now.tv_sec).contains(status.st_mtim.tv_sec)
    }

    /// What is known of a file without opening it; nil when it is gone, or is no plain file.
    static func status(of path: String) throws(DiskFailure) -> (modified: timespec, byteCount: Int)? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw DiskFailure("measure a media file")
        }
        return status.st_mode & S_IFMT == S_IFREG ? (status.st_mtim, Int(status.st_size)) : nil
    }

    /// Removes the files of a folder, not its folders.
    static func removeAll(in folder: String) throws(DiskFailure) {
        try forEachName(in: folder) { unlink("\(folder)/\($0)") }
    }

    /// The names in a folder, in no order; none when there is no such folder.
    static func forEachName(in folder: String, _ body: (String) throws(DiskFailure) -> Void) throws(DiskFailure) {
        guard let listing = opendir(folder) else {
            if errno == ENOENT { return }
            throw DiskFailure("list a media folder")
        }
        defer { closedir(listing) }
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { try body(name) }
        }
    }

    /// Makes a rename in the folder last.
    package static func syncFolder(_ path: String) throws(DiskFailure) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFailure("open a media folder") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskFailure("sync a media folder") }
    }
}
