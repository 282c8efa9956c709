import Foundation
import GatewayCore
import Glibc
import Media
import Testing

@testable import Operating

@Suite("A backup that somebody changed")
struct StrangeBackupTests {
    /// Makes a backup, changes its manifest as text, and returns its name.
    private func changed(
        _ scene: BackupScene, _ what: String, to replacement: String
    ) throws -> String {
        let name = try scene.made().name
        let path = scene.backups.folder(of: name) + "/manifest.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let other = text.replacingOccurrences(of: what, with: replacement)
        #expect(other != text)
        try Data(other.utf8).write(to: URL(filePath: path))
        return name
    }

    private func refusal(_ name: String, _ scene: BackupScene) -> String? {
        let directory = scene.root + "/restored"
        let restore = #expect(throws: BackupFailure.self) {
            try BackupRestorer(name, in: scene.backups, to: directory, replacing: false).restore()
        }
        #expect(restore?.description.hasPrefix("nothing was restored: the backup \(name) is damaged") == true)
        #expect(!scene.isThere(directory))
        let verification = #expect(throws: BackupFailure.self) {
            try BackupVerification(of: name, in: scene.backups).requireWhole()
        }
        return verification?.description
    }

    @Test(
        "is damaged where its manifest names what is not in its folder",
        arguments: [
            "../media.key", "/etc/hostname", "configuration/../../x", "./media.key", "", "a//b", ".ssh", "a b",
            "a\u{1B}[2J",
        ])
    func names(_ name: String) async throws {
        try await BackupScene.run { scene in
            try Data(repeating: 7, count: 32).write(to: URL(filePath: scene.root + "/media.key"))
            let escaped = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)

            let backup = try changed(scene, "\"media.key\"", to: escaped)

            let text = try #require(refusal(backup, scene))
            #expect(text.contains("which is not in the backup's folder"))
            #expect(!text.contains("\u{1B}"))
        }
    }

    @Test(
        "is damaged where its manifest says what no backup says",
        arguments: [
            ("media.list", "another.list", "does not name media.list"), ("gateway.sqlite", "a", "does not name"),
            ("media.key", "media.list", "names a file twice"), ("\"bytes\":", "\"bytes\":-", "a length that no"),
            ("\"missing\":[", "\"missing\":[\"../x\"", "what is no SHA-256"), ("{", "", "is not the manifest"),
        ])
    func statements(_ what: String, _ replacement: String, _ fault: String) async throws {
        try await BackupScene.run { scene in
            let backup = try changed(scene, what, to: replacement)

            #expect(refusal(backup, scene)?.contains(fault) == true)
        }
    }

    @Test(
        "is damaged where a file or a folder of it is a link",
        arguments: ["media.key", "configuration", "media", "shelf"])
    func links(_ what: String) async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let name = try scene.made().name
            let path =
                switch what {
                case "media": scene.backups.path + "/media"
                case "shelf": scene.backups.path + "/media/" + media.hash.prefix(2)
                default: scene.backups.folder(of: name) + "/" + what
                }
            try FileManager.default.moveItem(atPath: path, toPath: scene.root + "/elsewhere")
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: scene.root + "/elsewhere")

            #expect(refusal(name, scene)?.contains("is a link, and a backup has none") == true)
        }
    }

    @Test("is damaged, and holds up nothing, where a pipe is in the place of a file")
    func pipe() async throws {
        try await BackupScene.run { scene in
            let name = try scene.made().name
            let path = scene.backups.folder(of: name) + "/media.key"
            try FileManager.default.removeItem(atPath: path)
            #expect(mkfifo(path, 0o600) == 0)

            #expect(refusal(name, scene)?.contains("is no plain file") == true)
        }
    }

    @Test("names those beside it, and how one of them is chosen")
    func others() async throws {
        try await BackupScene.run { scene in
            let first = try scene.made().name
            let alone = try scene.made(keep: 1, at: 1).name
            try Data("x".utf8).write(to: URL(filePath: scene.backups.folder(of: alone) + "/media.key"))
            #expect(!scene.isThere(scene.backups.folder(of: first)))
            #expect(refusal(alone, scene)?.hasSuffix("has no other backup") == true)

            let newest = try scene.made(at: 2).name
            try Data("x".utf8).write(to: URL(filePath: scene.backups.folder(of: newest) + "/media.key"))

            #expect(refusal(newest, scene)?.contains("also has \(alone): choose one with --name NAME") == true)
        }
    }

    @Test("has a backup after it remove nothing behind a link, and nothing that is no part of a backup")
    func pruning() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let name = try scene.made().name
            let victim = scene.root + "/victim"
            try FileManager.default.createDirectory(atPath: victim, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(filePath: victim + "/file"))
            try FileManager.default.createSymbolicLink(
                atPath: scene.backups.path + "/media/ab", withDestinationPath: victim)
            try Data("mine".utf8).write(to: URL(filePath: scene.backups.path + "/film.part"))

            try scene.made(at: 1)

            #expect(scene.isThere(victim + "/file"))
            #expect(scene.isThere(scene.backups.path + "/film.part"))
            #expect(try scene.backups.names().contains(name))
        }
    }

    @Test("and the lock of a folder are not opened through a link")
    func lock() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lock-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/backup.lock", withDestinationPath: folder + "/elsewhere")

        #expect(throws: (any Error).self) { try FolderLock(folder) }
        #expect(!FileManager.default.fileExists(atPath: folder + "/elsewhere"))
    }
}
