import FoundationEssentials
import Glibc

/// Copies media into a folder of backups, each content that it does not have yet.
///
/// They are copied and not linked: a link shares its owner and rights with the file of the gateway, and whoever gives the
/// backup to somebody else would take the gateway's own file away. It would also share every fault of the disk.
struct MediaCopy {
    private let source: String
    private let folder: BackupFolder
    /// What the newest whole backup has: that is known to be on the disk. A file that is no more than there may be left
    /// over from a backup that the end of the machine broke off. Where its list cannot be read, all is copied anew: an
    /// old backup that is damaged must not keep a new one from being made.
    private let known: MediaList

    init(from dataDirectory: String, to folder: BackupFolder) throws(BackupFailure) {
        source = "\(dataDirectory)/media"
        self.folder = folder
        let newest = try folder.names().last
        known = newest.flatMap { try? MediaList(inFolder: folder.folder(of: $0)) } ?? MediaList()
    }

    /// - Returns: all contents that the backup has then, and how many of them are new. One whose file is not what its
    ///   name says is left out.
    func copy() throws(BackupFailure) -> (list: MediaList, newCount: Int) {
        var (list, new): (MediaList, [MediaList.Hash]) = (MediaList(), [])
        if BackupFolder.isLink("\(folder.path)/media") { try BackupFolder.requireFolder("\(folder.path)/media") }
        for shelf in try BackupFolder.entries(in: source).sorted() where MediaList.isShelf(shelf) {
            for name in try BackupFolder.entries(in: "\(source)/\(shelf)") {
                guard let hash = MediaList.Hash(name), let size = Self.size(of: "\(source)/\(shelf)/\(name)") else {
                    continue
                }
                let path = MediaList.path(of: hash, in: folder.path)
                if known.bytes[hash] == size, Self.size(of: path) == size, !BackupFolder.isLink(path) {
                    list.add(hash, bytes: size)
                } else if try take("\(source)/\(shelf)/\(name)", as: hash, to: path) {
                    list.add(hash, bytes: size)
                    new.append(hash)
                }
            }
        }
        try MediaList.sync(new, in: folder.path)
        return (list, new.count)
    }

    /// - Returns: whether the file is what its name says.
    private func take(_ file: String, as hash: MediaList.Hash, to path: String) throws(BackupFailure) -> Bool {
        guard let end = path.lastIndex(of: "/") else { return false }
        try BackupFolder.makeFolder(String(path[..<end]))
        try BackupFolder.requireFolder(String(path[..<end]))
        let draft = path + ".part"
        unlink(draft)
        do throws(BackupFailure) {
            let content = try FileCopy.copy(file, of: .gateway, to: draft, isSynced: false)
            guard content.sha256 == hash.text else {
                unlink(draft)
                return false
            }
            guard rename(draft, path) == 0 else { throw BackupFailure("name \(draft)", errno: errno) }
            return true
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Nil for what is no file.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }
}
