import Crypto
import FoundationEssentials
package import GatewayCore
import Glibc
import Synchronization

/// Media in the data directory, each content once, in a file named by its SHA-256.
///
/// A file is written under another name, synced and renamed, so that a name that exists has its whole content. Its
/// modification time is when its content was last stored: retention counts from there.
package struct MediaLibrary: Sendable {
    let folder: String
    /// The folder of files that are not complete yet; what an earlier process left there is worthless.
    let drafts: String
    /// Calls of `MediaFile` wait for the disk; they do so here, not on the shared threads.
    private let disk = Disk()
    /// Held while a name is given or renewed, and while one is removed: see `remove`.
    let names = NameLock()
    /// Shelves whose folder entries are known to be on the disk.
    private let safeShelves = Names()

    /// - Throws: `DiskFailure` when the folder cannot be made.
    package init(dataDirectory: String) throws(DiskFailure) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
        try Self.makeFolder(folder)
        try Self.makeFolder(drafts)
        try MediaFile.removeAll(in: drafts)
    }

    /// Opens the media of a data directory that another process uses: only for reading, so nothing is created or
    /// removed.
    package init(readingIn dataDirectory: String) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
    }

    /// Stores the bytes; when it returns, they survive a crash of the machine. Storing content again renews its age.
    package func store(_ bytes: [UInt8], contentType: String) async throws(DiskFailure) -> StoredMedia {
        try await store(bytes[...], contentType: contentType)
    }

    /// The same for a part of something larger, which is not copied.
    package func store(_ bytes: ArraySlice<UInt8>, contentType: String) async throws(DiskFailure) -> StoredMedia {
        let hash = SHA256.hash(data: bytes).hexadecimal
        let path = path(of: hash)
        try await onDisk { [folder, drafts, names, safeShelves] () throws(DiskFailure) in
            let shelf = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
            let isThere = try names.withLock { () throws(DiskFailure) in try MediaFile.renew(path) }
            // The file may be only a moment old, and not on the disk yet.
            if isThere { return try MediaFile.syncFolder(shelf) }
            // Once is enough for each shelf: a sync with nothing to do waits for the disk all the same. Somebody may
            // have removed the media folder or replaced it by an empty one.
            try Self.makeFolder(folder)
            if try Self.makeFolder(shelf) || !safeShelves.contains(shelf) {
                try MediaFile.syncFolder(folder)
                safeShelves.insert(shelf)
            }
            let draft = "\(drafts)/\(UUID().uuidString)"
            do throws(DiskFailure) {
                try Self.makeFolder(drafts)
                try MediaFile.write(bytes, to: draft)
                try names.withLock { () throws(DiskFailure) in
                    guard rename(draft, path) == 0 else { throw DiskFailure("rename a media file") }
                }
            } catch {
                unlink(draft)
                throw error
            }
            try MediaFile.syncFolder(shelf)
        }
        return StoredMedia(hash: hash, contentType: contentType, byteCount: bytes.count)
    }

    /// Whether a file can be kept now.
    package func check() async throws(DiskFailure) {
        let path = "\(drafts)/\(UUID().uuidString)"
        try await onDisk { [folder, drafts] () throws(DiskFailure) in
            try Self.makeFolder(folder)
            try Self.makeFolder(drafts)
            defer { unlink(path) }
            // Writes a whole block, since a full disk can still create names.
            try MediaFile.write([UInt8](repeating: 0, count: 4096), to: path)
        }
    }

    /// The bytes of stored media.
    ///
    /// - Throws: `DiskFailure` when the file is missing, unreadable or not as long as it was.
    package func bytes(of media: StoredMedia) async throws(DiskFailure) -> [UInt8] {
        let path = path(of: media.hash)
        return try await onDisk { () throws(DiskFailure) in
            try MediaFile.read(path, byteCount: media.byteCount)
        }
    }

    /// Opens stored content, to be read piece by piece; nil when it is not there (any more).
    package func open(_ hash: String) async throws(DiskFailure) -> OpenMedia? {
        let path = path(of: hash)
        return try await onDisk { [disk] () throws(DiskFailure) in try OpenMedia(path: path, disk: disk) }
    }

    /// The right to remove content; nil while a backup is made.
    func lock() throws(DiskFailure) -> FolderLock? {
        try FolderLock(String(folder.dropLast("/media".count)))
    }

    /// 256 shelves keep the folders short.
    func path(of hash: String) -> String {
        "\(folder)/\(hash.prefix(2))/\(hash)"
    }

    /// Makes a folder; returns whether it was missing.
    @discardableResult
    private static func makeFolder(_ path: String) throws(DiskFailure) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        // On a read-only file system, `mkdir` reports that even for a folder that exists.
        guard errno == EEXIST || errno == EROFS && access(path, F_OK) == 0 else {
            throw DiskFailure("make a folder for media")
        }
        return false
    }

    func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable () throws(DiskFailure) -> Value
    ) async throws(DiskFailure) -> Value {
        try await disk.run(work)
    }
}

/// Lets one caller at a time give or remove names of files. The lock is held for one or two calls on names, never on
/// content.
final class NameLock: Sendable {
    private let mutex = Mutex(())

    func withLock<Value: Sendable>(_ body: () throws(DiskFailure) -> Value) throws(DiskFailure) -> Value {
        try mutex.withLock { (_) throws(DiskFailure) in try body() }
    }
}

/// Names that are known.
private final class Names: Sendable {
    private let known = Mutex<Set<String>>([])

    func contains(_ name: String) -> Bool { known.withLock { $0.contains(name) } }

    func insert(_ name: String) { known.withLock { _ = $0.insert(name) } }
}
