package import FoundationEssentials
import Glibc
import Media
import SQLStore
package import SQLiteStore

/// Makes a backup of a data directory, whether a gateway runs there or not.
package struct BackupMaker: Sendable {
    let folder: BackupFolder
    let dataDirectory: String
    /// Where each file that is kept as it is on the disk comes from, by its name in the backup.
    let files: [(name: String, path: String)]
    let version: String
    /// How many backups stay, the new one among them.
    let keep: Int
    package var pace = CopyPace()
    /// How long to wait for another backup, or for a sweep of the media to end.
    package var patience = Duration.seconds(60)

    /// - Parameters:
    ///   - configuration: the path of the configuration file.
    ///   - credentials: that of the credentials file, where there is one.
    package init(
        into folder: BackupFolder, of dataDirectory: String, configuration: String, credentials: String?,
        version: String, keep: Int
    ) {
        self.folder = folder
        self.dataDirectory = dataDirectory
        files =
            Self.keys.map { ($0, "\(dataDirectory)/\($0)") }
            + [("configuration/mm7-gateway.json", configuration)]
            + (credentials.map { [("configuration/channel_credentials.json", $0)] } ?? [])
        self.version = version
        self.keep = keep
    }

    /// The keys that the gateway makes for itself.
    static let keys = ["media.key", "apps.key"]

    /// A backup that was made.
    package struct Made: Sendable {
        package let name: String
        package let manifest: BackupManifest
        /// Contents that the folder did not have before.
        package let newMedia: Int
    }

    /// - Parameters:
    ///   - now: a function, for it is asked when the copy of the database begins.
    ///   - onProgress: called while the database is copied.
    /// - Throws: with the backups that were there before as they were; where only these could not be removed, the text
    ///   says that the new one is whole.
    package func make(
        now: () -> Date = { Date() }, onProgress: (CopyProgress) -> Void = { _ in }
    ) throws(BackupFailure) -> Made {
        let missing = folder.missing
        do throws(BackupFailure) {
            try BackupFolder.makeFolder(folder.path)
            try requireApart()
            let ownLock = try folder.lock()
            defer { withExtendedLifetime(ownLock) {} }
            do throws(BackupFailure) {
                return try makeAlone(now, onProgress)
            } catch {
                if !missing.isEmpty { folder.removeLockAlone() }
                throw error
            }
        } catch {
            // Those that are empty: what was there before stays, and so does what a later backup can use.
            for path in missing { guard rmdir(path) == 0 || errno == ENOENT else { break } }
            throw error
        }
    }

    /// The same for whoever has the lock of the folder.
    private func makeAlone(
        _ now: () -> Date, _ onProgress: (CopyProgress) -> Void
    ) throws(BackupFailure) -> Made {
        let sourceLock = try lockOfSource()
        defer { withExtendedLifetime(sourceLock) {} }
        try folder.removeParts()

        let time = now()
        let name = try folder.nextName(at: time)
        let part = folder.folder(of: name + BackupFolder.partEnding)
        do throws(BackupFailure) {
            try BackupFolder.makeFolder(part)
            let made = try fill(part, as: name, at: time, onProgress)
            guard rename(part, folder.folder(of: name)) == 0 else { throw BackupFailure("name \(part)", errno: errno) }
            try FileCopy.sync(folder.path)
            try prune(besides: name)
            return made
        } catch {
            // What is left of it is no backup, and the next one removes it.
            try? folder.removeParts()
            throw error
        }
    }

    private func prune(besides name: String) throws(BackupFailure) {
        do throws(BackupFailure) {
            try folder.prune(keeping: keep)
        } catch {
            throw BackupFailure("the backup \(name) was made and is whole, but what is older was not removed: \(error)")
        }
    }

    private func fill(
        _ part: String, as name: String, at time: Date, _ onProgress: (CopyProgress) -> Void
    ) throws(BackupFailure) -> Made {
        let copy: DatabaseCopy
        let facts: DatabaseCopy.Facts
        do {
            copy = try DatabaseCopy.make(
                of: dataDirectory, at: "\(part)/\(RestoredDirectory.databaseName)", pace: pace, now: time,
                onProgress: onProgress)
            facts = try copy.facts()
        } catch {
            throw BackupFailure("the database was not copied: \(error)")
        }
        try FileCopy.sync(copy.path)
        let content = try FileCopy.content(of: copy.path)
        var listed = [CopiedFile(name: RestoredDirectory.databaseName, bytes: content.bytes, sha256: content.sha256)]
        // After the database: all that it names is there, since nothing is swept meanwhile.
        let (media, newMedia) = try MediaCopy(from: dataDirectory, to: folder).copy()
        let missing: [String]
        do { missing = try copy.missingMedia(where: media.contains) } catch { throw BackupFailure(error) }
        listed += try copyFiles(to: part)
        let list = media.text
        try FileCopy.write(list, to: "\(part)/\(MediaList.name)")
        let listContent = try FileCopy.content(of: "\(part)/\(MediaList.name)")
        listed.append(CopiedFile(name: MediaList.name, bytes: listContent.bytes, sha256: listContent.sha256))
        let manifest = BackupManifest(
            version: version, createdAt: time, facts: facts,
            media: .init(files: media.count, bytes: media.totalBytes, missing: missing), files: listed)
        try FileCopy.sync("\(part)/configuration")
        try FileCopy.write(manifest.text, to: "\(part)/\(BackupManifest.name)")
        try FileCopy.sync(part)
        return Made(name: name, manifest: manifest, newMedia: newMedia)
    }

    private func copyFiles(to part: String) throws(BackupFailure) -> [CopiedFile] {
        try BackupFolder.makeFolder("\(part)/configuration")
        var copied: [CopiedFile] = []
        for file in files {
            // A gateway without apps has no key for them.
            if Self.keys.contains(file.name), !FileManager.default.fileExists(atPath: file.path) { continue }
            let content = try FileCopy.copy(file.path, of: .gateway, to: "\(part)/\(file.name)", isSynced: true)
            copied.append(CopiedFile(name: file.name, bytes: content.bytes, sha256: content.sha256))
        }
        return copied
    }

    private func lockOfSource() throws(BackupFailure) -> FolderLock {
        let end = ContinuousClock.now + patience
        do throws(DiskFailure) {
            while true {
                if let lock = try FolderLock(dataDirectory) { return lock }
                guard ContinuousClock.now < end else { break }
                usleep(100_000)
            }
        } catch {
            throw BackupFailure(error)
        }
        throw BackupFailure("another backup of \(dataDirectory) is being made; try again when it has ended")
    }

    /// A backup in the data directory would be lost with it.
    private func requireApart() throws(BackupFailure) {
        func real(_ path: String) -> String {
            guard let text = realpath(path, nil) else { return path }
            defer { free(text) }
            return String(cString: text)
        }
        let (target, source) = (real(folder.path) + "/", real(dataDirectory) + "/")
        guard !target.hasPrefix(source) else {
            throw BackupFailure(
                "\(folder.path) lies in the data directory and would be lost with it; give another folder")
        }
    }
}
