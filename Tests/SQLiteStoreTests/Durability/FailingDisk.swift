import CSQLite
import Foundation
import Synchronization

/// SQLite's way to the disk, which fails to make durable what was written to the logs of folders that a test names. It is
/// the default one with another `xSync`, for the whole process from the first use on.
enum FailingDisk {
    private struct State {
        /// How many times the log in a folder fails to be made durable.
        var failures: [String: Int] = [:]
        /// The paths of open files, by their address.
        var paths: [Int: String] = [:]
        /// The methods that stand in for those at an address.
        var methods: [Int: Int] = [:]
    }

    private typealias File = UnsafeMutablePointer<sqlite3_file>
    private typealias Sync = @convention(c) (File?, Int32) -> Int32

    private static let state = Mutex(State())
    /// Never changed after the first file was opened, and never freed: SQLite keeps them as long as the process.
    private nonisolated(unsafe) static let original = sqlite3_vfs_find(nil)
    private nonisolated(unsafe) static var originalSync: Sync?

    /// Has to come before the first connection of a test.
    static func install() { _ = isInstalled }

    /// The next times that a log in the folder is to be made durable fail.
    static func fail(_ times: Int, in folder: String) { state.withLock { $0.failures[folder] = times } }

    private static let isInstalled: Bool = {
        guard let original else { return false }
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        vfs.initialize(to: original.pointee)
        vfs.pointee.zName = UnsafePointer(strdup("failing"))
        vfs.pointee.xOpen = { _, name, file, flags, outFlags in
            let code = FailingDisk.original?.pointee.xOpen(FailingDisk.original, name, file, flags, outFlags)
            guard code == SQLITE_OK, let name, let file else { return code ?? SQLITE_ERROR }
            FailingDisk.replaceMethods(of: file, path: String(cString: name))
            return SQLITE_OK
        }
        return sqlite3_vfs_register(vfs, 1) == SQLITE_OK
    }()

    private static func replaceMethods(of file: File, path: String) {
        guard let original = file.pointee.pMethods else { return }
        let (key, address) = (Int(bitPattern: file), Int(bitPattern: original))
        let replacement = state.withLock { state in
            state.paths[key] = path
            if let known = state.methods[address] { return known }
            let made = methods(insteadOf: address)
            state.methods[address] = made
            return made
        }
        file.pointee.pMethods = UnsafePointer(bitPattern: replacement)
    }

    private static func methods(insteadOf address: Int) -> Int {
        guard let original = UnsafePointer<sqlite3_io_methods>(bitPattern: address) else { return address }
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: original.pointee)
        originalSync = original.pointee.xSync
        methods.pointee.xSync = { file, flags in
            if FailingDisk.takesFailure(of: Int(bitPattern: file)) { return SQLITE_IOERR | (4 << 8) }
            return FailingDisk.originalSync?(file, flags) ?? SQLITE_ERROR
        }
        return Int(bitPattern: methods)
    }

    private static func takesFailure(of file: Int) -> Bool {
        state.withLock { state in
            guard let path = state.paths[file], path.hasSuffix("-wal"),
                let folder = state.failures.keys.first(where: path.hasPrefix), let count = state.failures[folder],
                count > 0
            else { return false }
            state.failures[folder] = count - 1
            return true
        }
    }
}
