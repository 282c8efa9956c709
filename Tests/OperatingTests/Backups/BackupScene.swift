import Foundation
import GatewayCore
import Glibc
import Media
import Operating
import SQLStore
import SQLiteStore
import StoreConformance
import Testing

/// A data directory with a gateway's store open in it, and a folder for its backups.
struct BackupScene {
    let root: String
    let store: SQLiteStore
    let scene: Scene
    let library: MediaLibrary

    var data: String { root + "/data" }
    var backups: BackupFolder { BackupFolder(root + "/backups") }

    static func run(_ body: (BackupScene) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "backup-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: URL(filePath: root + "/etc/mm7-gateway.json"))
        try Data("{secrets: 1}".utf8).write(to: URL(filePath: root + "/etc/credentials.json"))
        let signals = WorkSignals()
        let store = try await SQLiteStore.open(directory: root + "/data", signals: signals, now: .start)
        try Data(repeating: 7, count: 32).write(to: URL(filePath: root + "/data/media.key"))
        let scene = BackupScene(
            root: root, store: store, scene: Scene(store: store, signals: signals),
            library: try MediaLibrary(dataDirectory: root + "/data"))
        try await body(scene)
        await store.close()
    }

    /// A batch that waits for an MMSC with a medium of this text.
    @discardableResult
    func waiting(with text: String, to number: String = "12025550101") async throws -> StoredMedia {
        let media = try await library.store(Array(text.utf8), contentType: "text/plain")
        let batch = try await scene.inserted(to: [number])
        try await store.recordMedia(
            media, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)
        return media
    }

    func maker(keep: Int = 2) -> BackupMaker {
        var maker = BackupMaker(
            into: backups, of: data, configuration: root + "/etc/mm7-gateway.json",
            credentials: root + "/etc/credentials.json", version: "1", keep: keep)
        maker.patience = .zero
        return maker
    }

    @discardableResult
    func made(keep: Int = 2, at second: Int = 0) throws -> BackupMaker.Made {
        try maker(keep: keep).make(now: { Date.start.addingTimeInterval(Double(second)) })
    }

    func faults(of name: String) throws -> [String] {
        try BackupVerification(of: name, in: backups).run().faults
    }

    func path(of media: StoredMedia, in folder: String) -> String {
        "\(folder)/media/\(media.hash.prefix(2))/\(media.hash)"
    }

    /// The rights of a file.
    func mode(of path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// All files of a folder and those below, with their inode numbers.
    func files(in folder: String) -> [String: Int] {
        var files: [String: Int] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? [] {
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            files[name] = Int(status.st_ino)
        }
        return files
    }
}
