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
    private let safeShelves = SafeNames()
    /// The same of content.
    private let safeContent = SafeNames()

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
        let media = StoredMedia(hash: hash, contentType: contentType, byteCount: bytes.count)
        let path = path(of: hash)
        // Many batches one after the other have the same picture, whose name the system has at hand.
        if safeContent.contains(hash), MediaFile.isYoung(path) { return media }
        try await onDisk { [names, safeShelves] () throws(DiskFailure) in
            let shelf = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
            let isThere = try names.withLock { () throws(DiskFailure) in try MediaFile.renew(path) }
            // The file may be only a moment old, and not on the disk yet.
            if isThere { return try MediaFile.syncFolder(shelf) }
            if safeShelves.contains(shelf), try add(bytes, as: path) { return try MediaFile.syncFolder(shelf) }
            try makeFolders(shelf)
            guard try add(bytes, as: path) else { throw DiskFailure("find a folder for media", errno: ENOENT) }
            try MediaFile.syncFolder(shelf)
        }
        safeContent.insert(hash)
        return media
    }

    /// Makes the folders of a shelf, and their entries last.
    ///
    /// Once is enough for each shelf, for a sync with nothing to do waits for the disk all the same; unless somebody
    /// removes the media folder, or replaces it by an empty one.
    private func makeFolders(_ shelf: String) throws(DiskFailure) {
        for path in [folder, drafts, shelf] { try Self.makeFolder(path) }
        try MediaFile.syncFolder(folder)
        safeShelves.insert(shelf)
    }

    /// Writes a file and gives it its name; false where a folder is missing.
    private func add(_ bytes: ArraySlice<UInt8>, as path: String) throws(DiskFailure) -> Bool {
        let draft = newDraft()
        do throws(DiskFailure) {
            try MediaFile.write(bytes, to: draft)
            try names.withLock { () throws(DiskFailure) in
                guard rename(draft, path) == 0 else { throw DiskFailure("rename a media file") }
            }
            return true
        } catch {
            unlink(draft)
            if error.code == ENOENT { return false }
            throw error
        }
    }

    /// A name that no other draft has: at the start there is none.
    private func newDraft() -> String { "\(drafts)/\(Self.lastDraft.wrappingAdd(1, ordering: .relaxed).newValue)" }

    private static let lastDraft = Atomic<Int>(0)

    /// Whether a file can be kept now.
    package func check() async throws(DiskFailure) {
        let path = newDraft()
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

    /// Makes a folder where it is missing.
    private static func makeFolder(_ path: String) throws(DiskFailure) {
        // On a read-only file system, `mkdir` reports that even for a folder that exists.
        guard mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EROFS && access(path, F_OK) == 0 else {
            throw DiskFailure("make a folder for media")
        }
    }

    func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable () throws(DiskFailure) -> Value
    ) async throws(DiskFailure) -> Value {
        try await disk.run(work)
    }
}
