package import FoundationEssentials
import GatewayCore
import Glibc
import Media
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
        let verified = try BackupVerification(of: name, in: folder).checked()
        guard verified.faults.isEmpty else {
            throw BackupFailure(
                "the backup \(name) is damaged, and nothing was restored: \(verified.faults.prefix(5).joined(separator: "; "))"
            )
        }
        let directory: RestoredDirectory
        do { directory = try RestoredDirectory(dataDirectory) } catch { throw BackupFailure(error) }
        defer { withExtendedLifetime(directory) {} }
        let aside = "\(dataDirectory)/\(Self.asidePrefix)\(BackupFolder.name(at: now))"
        do throws(BackupFailure) {
            let isReplaced = try makeRoom(movingTo: aside)
            try copyMedia()
            for key in BackupMaker.keys { try copyKey(key) }
            let database = RestoredDirectory.databaseName
            try place(database, as: database, FileOwner(of: dataDirectory))
            return Restored(manifest: verified.manifest, replaced: isReplaced ? aside : nil)
        } catch {
            guard FileManager.default.fileExists(atPath: aside) else { throw error }
            throw BackupFailure("\(error). What was there before is in \(aside), as far as it was moved")
        }
    }

    /// Moves what a gateway has left aside, within the directory, which may be a file system of its own.
    ///
    /// - Returns: whether there was anything.
    private func makeRoom(movingTo aside: String) throws(BackupFailure) -> Bool {
        let names = try BackupFolder.entries(in: dataDirectory).filter { !Self.stays($0, in: dataDirectory) }.sorted()
        guard !names.isEmpty else { return false }
        guard replaces else {
            throw BackupFailure(
                "\(dataDirectory) is not empty: it has \(names.prefix(5).joined(separator: ", ")). Give --replace to move "
                    + "that aside, into a folder within it")
        }
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
        if [RestoredDirectory.lockName, "backup.lock", "lost+found"].contains(name) || name.hasPrefix(asidePrefix) {
            return true
        }
        return BackupMaker.keys.contains(name) && isLink("\(directory)/\(name)")
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private func copyMedia() throws(BackupFailure) {
        let owner = FileOwner(of: dataDirectory)
        try BackupFolder.makeFolder("\(dataDirectory)/media", for: owner)
        let list = try MediaList(inFolder: folder.folder(of: name))
        for hash in list.hashes {
            let path = MediaList.path(of: hash, in: dataDirectory)
            try BackupFolder.makeFolder("\(dataDirectory)/media/\(hash.text.prefix(2))", for: owner)
            let content = try FileCopy.copy(
                MediaList.path(of: hash, in: folder.path), to: path, isSynced: false, owner: owner)
            guard content.sha256 == hash.text else { throw BackupFailure("\(path) is not what was written") }
        }
        try MediaList.sync(list.hashes, in: dataDirectory)
    }

    private func copyKey(_ key: String) throws(BackupFailure) {
        guard FileManager.default.fileExists(atPath: "\(folder.folder(of: name))/\(key)"),
            !Self.isLink("\(dataDirectory)/\(key)")
        else { return }
        try place(key, as: key, FileOwner(of: dataDirectory))
    }

    /// Copies a file under another name and names it when it is on the disk.
    private func place(_ file: String, as target: String, _ owner: FileOwner?) throws(BackupFailure) {
        let draft = "\(dataDirectory)/\(target).draft"
        unlink(draft)
        _ = try FileCopy.copy("\(folder.folder(of: name))/\(file)", to: draft, isSynced: true, owner: owner)
        guard rename(draft, "\(dataDirectory)/\(target)") == 0 else {
            throw BackupFailure("name \(draft)", errno: errno)
        }
        try FileCopy.sync(dataDirectory)
    }
}
