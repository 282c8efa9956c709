import FoundationEssentials
import GatewayCore
import Glibc
import Media

/// A folder of backups: for each a folder that is named by its time, and beside them the media of all, each content
/// once.
///
/// A backup is made under a name that ends in `.part`, and gets its own name once all of it is on the disk: whatever has
/// a name that is a time is whole.
package struct BackupFolder: Sendable {
    package let path: String

    /// Makes no folder.
    package init(_ path: String) {
        self.path = path
    }

    static let partEnding = ".part"

    /// A time as a name.
    static func name(at time: Date) -> String { String(time.inUTC.filter { $0 != "-" && $0 != ":" }) }

    /// The name of a backup that is made at this time. Names are in the order in which backups were made: where the last
    /// one has a later time, because the clock was wrong then, the next number follows it.
    func nextName(at now: Date) throws(BackupFailure) -> String {
        let name = Self.name(at: now)
        guard let last = try names().last, last >= name, let number = Int(last.filter(\.isNumber)) else { return name }
        let digits = String(number + 1)
        return "\(digits.prefix(8))T\(digits.dropFirst(8).prefix(6)).\(digits.suffix(3))Z"
    }

    private static func isName(_ text: String) -> Bool {
        let form = "00000000T000000.000Z"
        return text.count == form.count
            && zip(text, form).allSatisfy { $1 == "0" ? $0.isASCII && $0.isNumber : $0 == $1 }
    }

    func folder(of name: String) -> String { "\(path)/\(name)" }

    /// The names of all whole backups, the oldest first.
    package func names() throws(BackupFailure) -> [String] {
        try Self.entries(in: path).filter { name in
            Self.isName(name) && Self.isFolder(folder(of: name))
                && FileManager.default.fileExists(atPath: "\(folder(of: name))/\(BackupManifest.name)")
        }.sorted()
    }

    /// The named backup, or the newest.
    ///
    /// - Throws: where there is no such backup, with those that there are.
    package func chosen(_ name: String?) throws(BackupFailure) -> String {
        let names = try names()
        guard let newest = names.last else { throw BackupFailure("\(path) has no whole backup") }
        guard let name else { return newest }
        guard names.contains(name) else {
            throw BackupFailure("\(path) has no backup \(name), only \(names.joined(separator: ", "))")
        }
        return name
    }

    /// What follows the reason why a backup is not used: which others there are.
    func advice(besides name: String) -> String {
        let others = ((try? names()) ?? []).filter { $0 != name }
        guard !others.isEmpty else { return "\n\(path) has no other backup" }
        return "\n\(path) also has \(others.joined(separator: ", ")): choose one with --name NAME"
    }

    /// The right to change or read the folder alone.
    func lock() throws(BackupFailure) -> FolderLock {
        do throws(DiskFailure) {
            if let lock = try FolderLock(path) { return lock }
        } catch {
            throw BackupFailure(error)
        }
        throw BackupFailure("another backup or restore uses \(path); try again when it has ended")
    }

    /// Removes what a backup that was broken off has left.
    func removeParts() throws(BackupFailure) {
        for name in try Self.entries(in: path)
        where name.hasSuffix(Self.partEnding) && Self.isName(String(name.dropLast(Self.partEnding.count))) {
            try remove(name)
        }
    }

    /// Removes all backups but the newest few, then the contents that none of these has: none as long as the list of one
    /// of them cannot be read.
    func prune(keeping count: Int) throws(BackupFailure) {
        for name in try names().dropLast(max(count, 1)) {
            // No longer whole from the first step on.
            let part = name + Self.partEnding
            guard rename(folder(of: name), folder(of: part)) == 0 else {
                throw BackupFailure("remove \(folder(of: name))", errno: errno)
            }
            try remove(part)
        }
        let names = try names()
        let kept = names.compactMap { try? MediaList(inFolder: folder(of: $0)) }
        guard kept.count == names.count, Self.isFolder("\(path)/media") else { return }
        for shelf in try Self.entries(in: "\(path)/media")
        where MediaList.isShelf(shelf) && Self.isFolder("\(path)/media/\(shelf)") {
            for file in try Self.entries(in: "\(path)/media/\(shelf)")
            where !kept.contains(where: { $0.contains(file) }) {
                unlink("\(path)/media/\(shelf)/\(file)")
            }
        }
    }

    private func remove(_ name: String) throws(BackupFailure) {
        do {
            try FileManager.default.removeItem(atPath: folder(of: name))
        } catch {
            throw BackupFailure("cannot remove \(folder(of: name)): \(error)")
        }
    }

    /// The names in a folder; none where there is no such folder.
    static func entries(in folder: String) throws(BackupFailure) -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BackupFailure("cannot list \(folder): \(error)")
        }
    }

    /// The folder and those that it is in, from the inside out, as far as they are not there.
    var missing: [String] {
        var (missing, path): ([String], Substring) = ([], path[...])
        while !path.isEmpty, !FileManager.default.fileExists(atPath: String(path)) {
            missing.append(String(path))
            path = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
        }
        return missing
    }

    /// Removes the file of the lock where there is nothing else, for whoever has the lock.
    func removeLockAlone() {
        if (try? Self.entries(in: path)) == [FolderLock.name] { unlink("\(path)/\(FolderLock.name)") }
    }

    /// Makes a folder for this user alone, and missing parents.
    static func makeFolder(_ path: String, for owner: FileOwner? = nil) throws(BackupFailure) {
        if mkdir(path, 0o700) == 0 {
            if let owner, lchown(path, owner.user, owner.group) != 0 {
                throw BackupFailure("give \(path) to its owner", errno: errno)
            }
            return
        }
        if errno == ENOENT, let end = path.lastIndex(of: "/"), end > path.startIndex {
            try makeFolder(String(path[..<end]), for: owner)
            return try makeFolder(path, for: owner)
        }
        let reason = errno
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw BackupFailure("make the folder \(path)", errno: reason)
        }
    }
}
