package import FoundationEssentials
import GatewayCore
import Glibc
import Media
import SQLStore
import SQLiteStore

/// Puts a backup into a data directory in which no gateway runs.
///
/// The database comes last, and all at once: a restore that is broken off leaves a directory in which no gateway starts,
/// and whose text says why.
package struct BackupRestorer: Sendable {
    let folder: BackupFolder
    let name: String
    let dataDirectory: String
    /// Whether what is in the directory is moved aside.
    let replaces: Bool

    package init(_ name: String, in folder: BackupFolder, to dataDirectory: String, replacing replaces: Bool) {
        self.folder = folder
        self.name = name
        self.dataDirectory = dataDirectory
        self.replaces = replaces
    }

    package struct Restored: Sendable {
        package let manifest: BackupManifest
        /// Where what was in the directory is now; nil where nothing was.
        package let replaced: String?
    }

    /// - Throws: when the backup is not whole, a gateway uses the directory, or something is in it that may not be moved;
    ///   nothing has been changed then. A disk that fails later leaves a part, and the text says where that is which was
    ///   there before.
    package func restore(now: Date = Date()) throws(BackupFailure) -> Restored {
        let ownLock = try folder.lock()
        defer { withExtendedLifetime(ownLock) {} }
        let manifest: BackupManifest
        do throws(BackupFailure) {
            manifest = try BackupVerification(of: name, in: folder).requireWholeAlone()
        } catch {
            throw BackupFailure("nothing was restored: \(error)")
        }
        let directory: RestoredDirectory
        do { directory = try RestoredDirectory(dataDirectory) } catch { throw BackupFailure(error) }
        defer { withExtendedLifetime(directory) {} }
        let aside = "\(dataDirectory)/\(Self.asidePrefix)\(BackupFolder.name(at: now))"
        do throws(BackupFailure) {
            let isReplaced = try makeRoom(movingTo: aside) { () throws(BackupFailure) in
                do throws(StoreFailure) { try directory.begin() } catch { throw BackupFailure(error) }
            }
            try copyMedia()
            for key in BackupMaker.keys {
                guard let file = manifest.file(named: key), !BackupFolder.isLink("\(dataDirectory)/\(key)") else {
                    continue
                }
                try place(file)
            }
            guard let database = manifest.file(named: RestoredDirectory.databaseName) else {
                throw BackupFailure("the backup \(name) has no database")
            }
            try place(database)
            directory.end()
            return Restored(manifest: manifest, replaced: isReplaced ? aside : nil)
        } catch {
            guard FileManager.default.fileExists(atPath: aside) else { throw error }
            throw BackupFailure(
                "\(error). What was there before is in \(aside), as far as it was moved; no gateway starts here until a "
                    + "restore has come to its end: run it again with --replace")
        }
    }

    /// Moves what a gateway has left aside, within the directory, which may be a file system of its own.
    ///
    /// - Parameter begin: called once nothing stands in the way, and before anything is changed.
    /// - Returns: whether there was anything.
    private func makeRoom(
        movingTo aside: String, _ begin: () throws(BackupFailure) -> Void
    ) throws(BackupFailure) -> Bool {
        let names = try BackupFolder.entries(in: dataDirectory).filter { !Self.stays($0, in: dataDirectory) }.sorted()
        guard !names.isEmpty else {
            try begin()
            return false
        }
        guard replaces else {
            throw BackupFailure(
                "\(dataDirectory) is not empty: it has \(names.prefix(5).joined(separator: ", ")). Give --replace to move "
                    + "that aside, into a folder within it")
        }
        try begin()
        try BackupFolder.makeFolder(aside, for: FileOwner(of: dataDirectory))
        // The database first: what stays when this is broken off is no store that a gateway would open.
        for name in names.sorted(by: {
            $0.hasPrefix(RestoredDirectory.databaseName) && !$1.hasPrefix(RestoredDirectory.databaseName)
        }) {
            guard rename("\(dataDirectory)/\(name)", "\(aside)/\(name)") == 0 else {
                throw BackupFailure("move \(dataDirectory)/\(name) aside", errno: errno)
            }
        }
        try FileCopy.sync(dataDirectory)
        return true
    }

    private static let asidePrefix = "replaced-"

    /// Whether an entry of the directory is nothing that a backup would replace: locks, what was moved aside before, the
    /// system's own folder, and keys that are mounted there.
    private static func stays(_ name: String, in directory: String) -> Bool {
        let others = [RestoredDirectory.lockName, RestoredDirectory.markName, FolderLock.name, "lost+found"]
        if others.contains(name) || name.hasPrefix(asidePrefix) { return true }
        return BackupMaker.keys.contains(name) && BackupFolder.isLink("\(directory)/\(name)")
    }

    private func copyMedia() throws(BackupFailure) {
        let owner = FileOwner(of: dataDirectory)
        try BackupFolder.makeFolder("\(dataDirectory)/media", for: owner)
        let list = try MediaList(inFolder: folder.folder(of: name))
        for hash in list.hashes {
            let path = MediaList.path(of: hash, in: dataDirectory)
            try BackupFolder.makeFolder("\(dataDirectory)/media/\(hash.text.prefix(2))", for: owner)
            let content = try FileCopy.copy(
                MediaList.path(of: hash, in: folder.path), of: .backup, to: path, isSynced: false, owner: owner)
            guard content.sha256 == hash.text else { throw BackupFailure("\(path) is not what was written") }
        }
        try MediaList.sync(list.hashes, in: dataDirectory)
    }

    /// Copies a file under another name and names it when it is on the disk.
    private func place(_ file: CopiedFile) throws(BackupFailure) {
        let (source, target) = ("\(folder.folder(of: name))/\(file.name)", "\(dataDirectory)/\(file.name)")
        let draft = target + ".draft"
        unlink(draft)
        let content = try FileCopy.copy(
            source, of: .backup, to: draft, isSynced: true, owner: FileOwner(of: dataDirectory))
        guard content == FileCopy.Content(bytes: file.bytes, sha256: file.sha256) else {
            throw BackupFailure("\(source) was changed meanwhile")
        }
        guard rename(draft, target) == 0 else { throw BackupFailure("name \(draft)", errno: errno) }
        try FileCopy.sync(dataDirectory)
    }
}
