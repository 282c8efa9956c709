import Crypto
import GatewayCore
import Glibc
import Media

/// A file of a backup, as the manifest lists it.
struct CopiedFile: Codable, Sendable, Equatable {
    /// Below the folder of the backup.
    var name: String
    var bytes: Int
    var sha256: String
}

/// Whole files, in pieces, with what they are.
enum FileCopy {
    private static let pieceBytes = 1 << 20

    /// Whose file is read.
    enum Source {
        /// The gateway's, which may be a link, as a mounted key is one.
        case gateway
        /// A backup's, which is never a link: that would bring in what is no part of the backup.
        case backup
    }

    /// The length and hash of what was read.
    struct Content: Equatable {
        var bytes = 0
        var sha256 = ""
    }

    /// Copies a file to where none is, for this user alone.
    ///
    /// - Parameters:
    ///   - origin: whose file the first one is.
    ///   - isSynced: whether it waits until the copy is on the disk.
    ///   - owner: who gets the copy; nil for the user of the process.
    static func copy(
        _ source: String, of origin: Source, to target: String, isSynced: Bool, owner: FileOwner? = nil
    ) throws(BackupFailure) -> Content {
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw BackupFailure("make \(target)", errno: errno) }
        defer { close(output) }
        let content = try read(source, of: origin) { (piece) throws(BackupFailure) in
            try write(piece, to: output, named: target)
        }
        if let owner, fchown(output, owner.user, owner.group) != 0 {
            throw BackupFailure("give \(target) to the owner of its folder", errno: errno)
        }
        guard !isSynced || fsync(output) == 0 else { throw BackupFailure("write \(target)", errno: errno) }
        return content
    }

    /// Writes a new file and waits until it is on the disk.
    static func write(_ bytes: [UInt8], to path: String) throws(BackupFailure) {
        let output = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw BackupFailure("make \(path)", errno: errno) }
        defer { close(output) }
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(BackupFailure) in try write(buffer, to: output, named: path) }
        }
        try result.get()
        guard fsync(output) == 0 else { throw BackupFailure("write \(path)", errno: errno) }
    }

    /// What is in a file of a backup.
    static func content(of path: String) throws(BackupFailure) -> Content {
        try read(path, of: .backup) { (_) throws(BackupFailure) in }
    }

    /// The octets of a file of a backup.
    ///
    /// - Parameter most: how many it may have.
    static func octets(of path: String, most: Int) throws(BackupFailure) -> [UInt8] {
        var octets: [UInt8] = []
        _ = try read(path, of: .backup) { (piece) throws(BackupFailure) in
            guard octets.count + piece.count <= most else { throw BackupFailure("\(path) has more than \(most) bytes") }
            octets += piece
        }
        return octets
    }

    /// Waits until a file, or the names in a folder, are on the disk.
    static func sync(_ path: String) throws(BackupFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupFailure("open \(path)", errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw BackupFailure("write \(path)", errno: errno) }
    }

    /// Waits until many files are on the disk: the system writes all of them in one go, and then each is asked whether
    /// that went well.
    static func sync(_ paths: some Sequence<String>) throws(BackupFailure) {
        Glibc.sync()
        for path in paths { try sync(path) }
    }

    private static func read(
        _ path: String, of origin: Source, _ take: (UnsafeRawBufferPointer) throws(BackupFailure) -> Void
    ) throws(BackupFailure) -> Content {
        // Without blocking: a pipe in the place of a file would hold up the command for ever.
        let input = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (origin == .backup ? O_NOFOLLOW : 0))
        if input < 0, errno == ELOOP { throw BackupFailure("\(path) is a link, and a backup has none") }
        guard input >= 0 else { throw BackupFailure("read \(path)", errno: errno) }
        defer { close(input) }
        var status = stat()
        guard fstat(input, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw BackupFailure("\(path) is no plain file")
        }
        var (hash, bytes) = (SHA256(), 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(input, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw BackupFailure("read \(path)", errno: errno) }
            guard count > 0 else { return Content(bytes: bytes, sha256: Array(hash.finalize()).hexadecimal) }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(bufferPointer: piece)
            bytes += count
            try take(piece)
        }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, named path: String
    ) throws(BackupFailure) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw BackupFailure("write \(path)", errno: count < 0 ? errno : ENOSPC) }
            written += count
        }
    }
}
