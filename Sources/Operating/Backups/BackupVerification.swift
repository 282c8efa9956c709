import FoundationEssentials
import GatewayCore
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

    /// The same for whoever has the lock.
    func checked() throws(BackupFailure) -> Result {
        let path = folder.folder(of: name)
        let manifest = try BackupManifest(inFolder: path)
        var faults: [String] = []
        for file in manifest.files {
            do throws(BackupFailure) {
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
        media.hashes.compactMap { hash in
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
