import FoundationEssentials
import GatewayCore
import Glibc

extension MediaLibrary {
    /// A file as a look at its shelf found it.
    struct Entry: Sendable, Comparable {
        /// When the content was last stored, in nanoseconds since 1970.
        let storedAt: Int64
        let hash: String
        let byteCount: Int

        static func < (one: Entry, other: Entry) -> Bool {
            (one.storedAt, one.hash) < (other.storedAt, other.hash)
        }
    }

    static let shelves = (0...255).map { String([UInt8($0)].hexadecimal) }

    /// The files of a shelf; names that the library does not write are skipped.
    func entries(on shelf: String) async throws(DiskFailure) -> [Entry] {
        try await onDisk { [folder] () throws(DiskFailure) in
            var entries: [Entry] = []
            try MediaFile.forEachName(in: "\(folder)/\(shelf)") { (name) throws(DiskFailure) in
                guard name.utf8.count == 64, name.hasPrefix(shelf),
                    let status = try MediaFile.status(of: "\(folder)/\(shelf)/\(name)")
                else { return }
                entries.append(Entry(storedAt: status.modified.nanoseconds, hash: name, byteCount: status.byteCount))
            }
            return entries
        }
    }

    /// Removes those of the files that nobody has stored again since the look; returns them.
    ///
    /// After a file was found not to be needed, and before it is removed, somebody may store the same content and rely
    /// on it. Storing renews the file's time under the same lock that is held here from the second look to the removal:
    /// either the new time is seen and the file stays, or the file is gone and is written anew. The lock is held for
    /// one file at a time, and never while content is written.
    func remove(_ entries: [Entry]) async throws(DiskFailure) -> [Entry] {
        try await onDisk { [self] () throws(DiskFailure) in
            var removed: [Entry] = []
            for entry in entries {
                if isFolderShared {
                    if try removeFromSharedFolder(entry) { removed.append(entry) }
                    continue
                }
                let path = path(of: entry.hash)
                let isGone = try names.withLock { () throws(DiskFailure) in
                    guard let status = try MediaFile.status(of: path), status.modified.nanoseconds == entry.storedAt
                    else {
                        return false
                    }
                    guard unlink(path) == 0 else { throw DiskFailure("remove a media file") }
                    return true
                }
                if isGone { removed.append(entry) }
            }
            return removed
        }
    }

    /// Removes drafts that were begun before that time: nobody is still writing them.
    func removeDrafts(olderThan time: Date) async throws(DiskFailure) {
        let limit = time.nanoseconds
        try await onDisk { [drafts] () throws(DiskFailure) in
            try MediaFile.forEachName(in: drafts) { (name) throws(DiskFailure) in
                let path = "\(drafts)/\(name)"
                guard let status = try MediaFile.status(of: path), status.modified.nanoseconds < limit else { return }
                guard unlink(path) == 0 || errno == ENOENT else { throw DiskFailure("remove a draft of a media file") }
            }
        }
    }
}

extension timespec {
    var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}

extension Date {
    /// Since 1970.
    var nanoseconds: Int64 { Int64(timeIntervalSince1970 * 1000) * 1_000_000 }
}
