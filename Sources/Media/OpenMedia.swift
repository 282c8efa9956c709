import Glibc

/// Stored content that is open for reading. It stays readable when its name is removed meanwhile, and is closed when
/// nothing refers to it, even if an answer is never written, or only in part.
package final class OpenMedia: Sendable {
    package let byteCount: Int
    private let descriptor: Int32
    private let disk: Disk

    /// Nil when there is no such file.
    init?(path: String, disk: Disk) throws(DiskFailure) {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        self.disk = disk
        guard descriptor >= 0 else {
            byteCount = 0
            if errno == ENOENT { return nil }
            throw DiskFailure("open a media file")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            byteCount = 0
            throw DiskFailure("measure a media file")
        }
        byteCount = Int(status.st_size)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Reads `count` bytes from an offset.
    ///
    /// - Throws: `DiskFailure`, also when the file ends before.
    package func bytes(from offset: Int, count: Int) async throws(DiskFailure) -> [UInt8] {
        // The closure holds self, so the descriptor stays open while it is read.
        try await disk.run { () throws(DiskFailure) in try self.read(from: offset, count: count) }
    }

    private func read(from offset: Int, count: Int) throws(DiskFailure) -> [UInt8] {
        var failure: DiskFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(buffer)[filled..<count]
                let got = pread(
                    descriptor, UnsafeMutableRawBufferPointer(rebasing: rest).baseAddress, rest.count, offset + filled)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = DiskFailure("read a media file") }
                if got <= 0 { break }
                filled += got
            }
        }
        if let failure { throw failure }
        guard bytes.count == count else { throw DiskFailure("read a media file to its end", errno: EIO) }
        return bytes
    }
}
