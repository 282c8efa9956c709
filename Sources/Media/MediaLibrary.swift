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
    /// Files that are not whole yet; what an ended process left there is worthless.
    let drafts: String
    /// MediaFile calls wait for the disk; they do so here and not on the threads that everybody shares.
    private let disk = Disk()
    /// Held where a name comes to stand for content that is wanted again, and where one is taken away: see `remove`.
    let names = NameLock()
    /// Shelves whose own names are on the disk.
    private let safeShelves = Names()

    /// - Throws: `DiskFailure` when the folder cannot be made.
    package init(dataDirectory: String) throws(DiskFailure) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
        try Self.makeFolder(folder)
        try Self.makeFolder(drafts)
        try MediaFile.removeAll(in: drafts)
    }

    /// The media of a data directory that another process works in: for reading alone, nothing is made or tidied.
    package init(readingIn dataDirectory: String) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
    }

    /// Keeps the bytes; when it returns they survive the end of the machine. Stored again, content is as good as new:
    /// its age begins anew.
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
            // It may stand there since a moment ago, and not be safe yet.
            if isThere { return try MediaFile.syncFolder(shelf) }
            // Once is enough for each shelf: a sync that has nothing to do waits for the disk all the same.
            // Whoever took the folder away may have put none or an empty one in its place.
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
            // A block of its own: a full disk still has names.
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

    /// 256 shelves keep the folders short.
    func path(of hash: String) -> String {
        "\(folder)/\(hash.prefix(2))/\(hash)"
    }

    /// Whether it was not there.
    @discardableResult
    private static func makeFolder(_ path: String) throws(DiskFailure) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        // On a file system for reading alone, a folder that exists is refused for that first.
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

/// Lets one at a time give or take away the names of files. What is done meanwhile is a call or two on names, never on
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
