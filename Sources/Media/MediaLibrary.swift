import Crypto
import FoundationEssentials
package import GatewayCore
import Glibc
import Synchronization

/// Media in the data directory, each content once, in a file named by its SHA-256.
///
/// A file is written under another name, synced and renamed, so that a name that exists has its whole content. Its
/// modification time is when its content was last stored: retention counts from there.
///
/// Where several gateways share their media, what one stores can be read by all: either they have one folder, or the
/// database keeps the content too, and a file is a copy of it.
package struct MediaLibrary: Sendable {
    let folder: String
    /// The folder of files that are not complete yet; what an earlier process left there is worthless.
    let drafts: String
    /// What the name of a draft begins with: other gateways have drafts in a shared folder.
    private let draftPrefix: String
    /// Whether other gateways write to the folder.
    let isFolderShared: Bool
    /// Whether files are made: not by a command that looks at what a gateway has.
    let makesFiles: Bool
    /// The media that all gateways share; nil where files are all that there is.
    let sharing: SharedContent?
    /// Calls of `MediaFile` wait for the disk; they do so here, not on the shared threads.
    private let disk = Disk()
    /// Held while a name is given or renewed, and while one is removed: see `remove`.
    let names = NameLock()
    /// Shelves whose folder entries are known to be on the disk.
    private let safeShelves = SafeNames()
    /// The same of content.
    private let safeContent = SafeNames()

    /// - Parameter shared: keeps all content too, so that other gateways can read it.
    /// - Throws: `DiskFailure` when the folder cannot be made.
    package init(dataDirectory: String, shared: (any SharedMedia)? = nil) throws(DiskFailure) {
        folder = dataDirectory + "/media"
        drafts = folder + "/drafts"
        (draftPrefix, isFolderShared, makesFiles) = ("", false, true)
        sharing = shared.map { SharedContent($0) }
        try Self.makeFolder(folder)
        try Self.makeFolder(drafts)
        try MediaFile.removeAll(in: drafts)
    }

    /// Media in a folder that several gateways use. What one of them has not completed yet stays when another begins.
    ///
    /// - Throws: `DiskFailure` when the folder is not there: it may not be mounted, and what is stored in its place
    ///   would be lost to the others.
    package init(sharedFolder: String) throws(DiskFailure) {
        folder = sharedFolder
        drafts = folder + "/drafts"
        (draftPrefix, isFolderShared, makesFiles) = ("\(ULIDGenerator().next(at: Date()))-", true, true)
        sharing = nil
        guard access(folder, R_OK | W_OK | X_OK) == 0 else {
            throw DiskFailure(
                inDataDirectory: "media.shared_directory \(folder) cannot be used: \(DiskRefusal()); "
                    + "make or mount it, on each machine and for the gateway's user")
        }
        try Self.makeFolder(drafts)
    }

    /// Opens the media of a data directory that another process uses: only for reading, so nothing is created or
    /// removed.
    package init(readingIn dataDirectory: String, shared: (any SharedMedia)? = nil) {
        self.init(readingInFolder: dataDirectory + "/media", shared: shared)
    }

    /// - Parameter folder: a folder of media itself.
    package init(readingInFolder folder: String, shared: (any SharedMedia)? = nil) {
        self.folder = folder
        drafts = folder + "/drafts"
        (draftPrefix, isFolderShared, makesFiles) = ("", false, false)
        sharing = shared.map { SharedContent($0) }
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
        if safeContent.contains(hash), MediaFile.isYoung(path), sharing?.isRecent(hash) ?? true { return media }
        try await onDisk { [names] () throws(DiskFailure) in
            let isThere = try names.withLock { () throws(DiskFailure) in try MediaFile.renew(path) }
            // The file may be only a moment old, and not on the disk yet.
            if isThere { return try MediaFile.syncFolder(Self.shelf(of: path)) }
            try write(bytes, to: path)
        }
        safeContent.insert(hash)
        if let sharing { try await sharing.keep(bytes, as: hash) }
        return media
    }

    /// Writes a file that lasts.
    func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(DiskFailure) {
        let shelf = Self.shelf(of: path)
        if safeShelves.contains(shelf), try add(bytes, as: path) { return try MediaFile.syncFolder(shelf) }
        try makeFolders(shelf)
        guard try add(bytes, as: path) else { throw DiskFailure("find a folder for media", errno: ENOENT) }
        try MediaFile.syncFolder(shelf)
    }

    private static func shelf(of path: String) -> String {
        String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    }

    /// Makes the folders of a shelf, and their entries last.
    ///
    /// Once is enough for each shelf, for a sync with nothing to do waits for the disk all the same; unless somebody
    /// removes the media folder, or replaces it by an empty one.
    private func makeFolders(_ shelf: String) throws(DiskFailure) {
        for path in ownFolders + [shelf] { try Self.makeFolder(path) }
        try MediaFile.syncFolder(folder)
        safeShelves.insert(shelf)
    }

    /// The folders beside the shelves that are made where they are missing. One that is shared may just not be mounted.
    private var ownFolders: [String] { isFolderShared ? [drafts] : [folder, drafts] }

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
    func newDraft() -> String {
        "\(drafts)/\(draftPrefix)\(Self.lastDraft.wrappingAdd(1, ordering: .relaxed).newValue)"
    }

    private static let lastDraft = Atomic<Int>(0)

    /// Whether a file can be kept now.
    package func check() async throws(DiskFailure) {
        let path = newDraft()
        try await onDisk { [ownFolders] () throws(DiskFailure) in
            for path in ownFolders { try Self.makeFolder(path) }
            defer { unlink(path) }
            // Writes a whole block, since a full disk can still create names.
            try MediaFile.write([UInt8](repeating: 0, count: 4096), to: path)
        }
    }

    /// The bytes of stored media.
    ///
    /// - Throws: `DiskFailure` when the file is missing, unreadable or not as long as it was, and no shared media help.
    package func bytes(of media: StoredMedia) async throws(DiskFailure) -> [UInt8] {
        do throws(DiskFailure) {
            return try await bytesOfFile(media)
        } catch {
            return try await bytes(of: media, after: error)
        }
    }

    func bytesOfFile(_ media: StoredMedia) async throws(DiskFailure) -> [UInt8] {
        let path = path(of: media.hash)
        return try await onDisk { () throws(DiskFailure) in
            try MediaFile.read(path, byteCount: media.byteCount)
        }
    }

    /// Opens stored content, to be read piece by piece; nil when it is not there (any more).
    package func open(_ hash: String) async throws(DiskFailure) -> OpenMedia? {
        if let media = try await openFile(hash) { return media }
        return try await bring(hash) ? try await openFile(hash) : nil
    }

    private func openFile(_ hash: String) async throws(DiskFailure) -> OpenMedia? {
        let path = path(of: hash)
        return try await onDisk { [disk] () throws(DiskFailure) in try OpenMedia(path: path, disk: disk) }
    }

    /// The right to remove content; nil while a backup is made, which copies the data directory.
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
