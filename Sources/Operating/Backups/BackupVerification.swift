import FoundationEssentials
import GatewayCore
import SQLStore
import SQLiteStore

/// Reads all of a backup and says what is wrong with it.
package struct BackupVerification: Sendable {
    let folder: BackupFolder
    let name: String

    package init(of name: String, in folder: BackupFolder) {
        self.folder = folder
        self.name = name
    }

    package struct Result: Sendable {
        package let manifest: BackupManifest
        /// Empty if nothing is wrong.
        package var faults: [String]
    }

    /// - Throws: when the folder is used by another backup, or has no manifest that can be read.
    package func run() throws(BackupFailure) -> Result {
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        return try checked()
    }

    /// The same where nothing is wrong.
    ///
    /// - Throws: all that is wrong, and which other backups the folder has.
    package func requireWhole() throws(BackupFailure) -> BackupManifest {
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        return try requireWholeAlone()
    }

    /// The same for whoever has the lock.
    func requireWholeAlone() throws(BackupFailure) -> BackupManifest {
        let faults: [String]
        do throws(BackupFailure) {
            let result = try checked()
            if result.faults.isEmpty { return result.manifest }
            faults = result.faults
        } catch {
            faults = [error.description]
        }
        let more = faults.count > 20 ? "\nand \(faults.count - 20) more" : ""
        throw BackupFailure(
            "the backup \(name) is damaged:\n" + faults.prefix(20).joined(separator: "\n") + more
                + folder.advice(besides: name))
    }

    /// What is wrong, for whoever has the lock.
    private func checked() throws(BackupFailure) -> Result {
        let path = folder.folder(of: name)
        try BackupFolder.requireFolder(path)
        let manifest = try BackupManifest(inFolder: path)
        var faults: [String] = []
        for file in manifest.files {
            do throws(BackupFailure) {
                for end in file.name.indices where file.name[end] == "/" {
                    try BackupFolder.requireFolder("\(path)/\(file.name[..<end])")
                }
                let content = try FileCopy.content(of: "\(path)/\(file.name)")
                if content != FileCopy.Content(bytes: file.bytes, sha256: file.sha256) {
                    faults.append("\(file.name) is not what was written")
                }
            } catch {
                faults.append("\(error)")
            }
        }
        // What is not what was written says nothing about itself.
        guard faults.isEmpty else { return Result(manifest: manifest, faults: faults) }
        let media = try MediaList(inFolder: path)
        if media.count != manifest.media.files { faults.append("\(MediaList.name) has \(media.count) contents") }
        faults += faultsOfMedia(media)
        faults += faultsOfDatabase(manifest, media)
        return Result(manifest: manifest, faults: faults)
    }

    private func faultsOfMedia(_ media: MediaList) -> [String] {
        let folders = ["\(folder.path)/media"] + Set(media.hashes.map { "\(folder.path)/media/\($0.text.prefix(2))" })
        for folder in media.count > 0 ? folders : [] where BackupFolder.isLink(folder) {
            return ["\(folder) is a link, and a backup has none"]
        }
        return media.hashes.compactMap { hash in
            do throws(BackupFailure) {
                let content = try FileCopy.content(of: MediaList.path(of: hash, in: folder.path))
                let isRight = content.sha256 == hash.text && content.bytes == media.bytes[hash]
                return isRight ? nil : "the media file \(hash.text) is not what was written"
            } catch {
                return "\(error)"
            }
        }
    }

    private func faultsOfDatabase(_ manifest: BackupManifest, _ media: MediaList) -> [String] {
        let copy = DatabaseCopy(at: "\(folder.folder(of: name))/\(RestoredDirectory.databaseName)")
        do throws(StoreFailure) {
            var faults = try copy.faults().map { "the database: \($0)" }
            if BackupManifest.Counts(try copy.facts()) != manifest.counts {
                faults.append("the database does not have what the manifest counts")
            }
            let known = Set(manifest.media.missing)
            faults += try copy.missingMedia(where: media.contains).filter { !known.contains($0) }
                .map { "a message needs the media file \($0), which is not there" }
            return faults
        } catch {
            return ["the database: \(error)"]
        }
    }
}
