import GatewayCore
import Glibc
import SQLStore

/// The files of a store, checked before SQLite opens them. SQLite ignores a log that is not valid, takes an empty file
/// for a new database, and for a folder in place of a file only says that the database is read-only.
struct StoreFiles: Sendable {
    let directory: DataDirectory

    private var names: [String] { ["gateway.sqlite", "gateway.sqlite-wal", "gateway.sqlite-shm"] }

    /// Whether there is no database yet.
    var isEmpty: Bool { bytes(of: directory.database) == 0 }

    /// - Throws: `.broken` or `.unavailable`, with what is wrong and what to do about it.
    func examine() throws(StoreFailure) {
        try examineDatabase()
        if isEmpty { try requireNothingElse(missing) }
    }

    /// The same where media and keys may be without a database, because that was elsewhere.
    func examineDatabase() throws(StoreFailure) {
        for name in names { try examine(name) }
        if isEmpty {
            let mark = "\(directory.path)/\(RestoredDirectory.markName)"
            if exists(mark) {
                throw .broken(
                    "a restore into \(directory.path) did not come to its end: run `mm7-gateway restore` again with "
                        + "--replace. To begin without a database, move away \(mark) and what is beside it")
            }
            if bytes(of: directory.log) > 0 {
                throw Self.lost(missing, beside: ["its log gateway.sqlite-wal"] + remains)
            }
        }
        try examineLog()
    }

    private var missing: String {
        "the database \(directory.database) is \(exists(directory.database) ? "empty" : "gone")"
    }

    /// - Parameter what: what is wrong with the database.
    /// - Throws: when there are files that only a gateway which has run leaves.
    func requireNothingElse(_ what: String) throws(StoreFailure) {
        let remains = self.remains
        if !remains.isEmpty { throw Self.lost(what, beside: remains) }
    }

    private static func lost(_ what: String, beside remains: [String]) -> StoreFailure {
        .broken(
            "\(what), and beside it there is \(remains.joined(separator: ", ")): a database was here and is lost. Put its "
                + "backup in its place, or move these away too to begin without what was accepted")
    }

    private var remains: [String] {
        var remains: [String] = []
        if !isEmptyFolder("\(directory.path)/media") { remains.append("the folder media with files in it") }
        remains += ["media.key", "apps.key"].filter { isFile("\(directory.path)/\($0)") }
        return remains
    }

    private func examine(_ name: String) throws(StoreFailure) {
        let path = "\(directory.path)/\(name)"
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .broken("\(path) is \(status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "no file"); move it away")
        }
        guard access(path, R_OK | W_OK) == 0 else {
            throw .unavailable("\(path) cannot be written: \(DiskRefusal())")
        }
    }

    private func examineLog() throws(StoreFailure) {
        guard bytes(of: directory.log) > 0 else { return }
        guard LogFile(path: directory.log) != nil else { throw Self.damagedLog(directory.log, "has no head of a log") }
        guard let fault = Pulse.faultInLog(of: directory) else { return }
        throw .broken(
            "\(directory.log) \(fault). Put the database and the log in place that belong together, or move this file away to go "
                + "on with what the database alone has")
    }

    static func damagedLog(_ path: String, _ what: String) -> StoreFailure {
        .broken(
            "\(path) \(what): it is damaged, and it held what was accepted last. Put the backup of the data directory in its "
                + "place, or move this file away to go on with what the database alone has")
    }

    private func bytes(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether the path is a plain file. A link is a key that somebody mounted, not a file that a gateway left.
    private func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether the folder is empty or missing.
    private func isEmptyFolder(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return true }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !name.hasSuffix(".draft"), !isEmptyFolderInside(path, name) { return false }
        }
        return true
    }

    /// Whether a name is an empty folder: a media library makes its folders before it keeps anything.
    private func isEmptyFolderInside(_ path: String, _ name: String) -> Bool {
        var status = stat()
        guard stat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
        return isEmptyFolder("\(path)/\(name)")
    }
}

extension SQLiteDriver {
    /// Carries the log over into the database, and checks that both were whole.
    ///
    /// - Throws: when the log has unreadable entries that no crash leaves, or the database is shorter than its header
    ///   says, or empty beside files that an earlier run left.
    func requireWholeFiles(of directory: DataDirectory) throws(SQLError) {
        do {
            guard
                let checkpoint = try first(
                    OpeningQuery.checkpoint,
                    read: { (row) throws(SQLError) in
                        (isBusy: try row.flag(), frames: try row.integer(), carried: try row.integer())
                    })
            else { return }
            if let log = LogFile(path: directory.log), let damage = log.damage(behind: max(checkpoint.frames, 0)) {
                throw StoreFiles.damagedLog(directory.log, damage)
            }
            if try isNew() { try StoreFiles(directory: directory).requireNothingElse("the database is empty") }
            guard !checkpoint.isBusy, checkpoint.frames == checkpoint.carried else { return }
            try requireLength(of: directory)
        } catch let failure as StoreFailure {
            throw .refused(failure.description)
        } catch let error as SQLError {
            throw error
        } catch {
            throw .refused("\(error)")
        }
    }

    private func requireLength(of directory: DataDirectory) throws(SQLError) {
        let pages = try pageCount()
        let pageBytes = try pageBytes()
        var status = stat()
        guard stat(directory.database, &status) == 0, Int(status.st_size) < pages * pageBytes else { return }
        throw .refused(
            "\(directory.database) is cut short: it has \(status.st_size) of \(pages * pageBytes) bytes. Put its backup in "
                + "its place")
    }
}

/// Statements that are run once.
private enum OpeningQuery: Int, Query {
    case checkpoint

    var sql: String {
        switch self {
        case .checkpoint:
            "PRAGMA wal_checkpoint(PASSIVE)"
        }
    }
}
