import Foundation
import GatewayCore
import Media
import StoreConformance
import Testing

@testable import Operating

@Suite("A backup")
struct BackupTests {
    @Test("has the database, the media, the keys, the configuration and the credentials, for its user alone")
    func complete() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")

            let made = try scene.made()

            let folder = scene.backups.folder(of: made.name)
            #expect(
                Set(scene.files(in: folder).keys) == [
                    "gateway.sqlite", "media.key", "media.list", "manifest.json", "configuration/mm7-gateway.json",
                    "configuration/channel_credentials.json",
                ])
            for name in scene.files(in: folder).keys {
                #expect(scene.mode(of: "\(folder)/\(name)") == 0o600, "\(name)")
            }
            #expect(scene.isThere(scene.path(of: media, in: scene.backups.path)))
            #expect(made.manifest.counts.waiting == 1)
            #expect(made.manifest.media.files == 1)
            #expect(made.newMedia == 1)
            #expect(try scene.backups.names() == [made.name])
            #expect(try scene.faults(of: made.name) == [])
        }
    }

    @Test("copies no content that the one before has, and removes what no backup has any more")
    func incremental() async throws {
        try await BackupScene.run { scene in
            let first = try await scene.waiting(with: "first")
            try scene.made()
            let file = scene.path(of: first, in: scene.backups.path)
            let inode = scene.files(in: scene.backups.path + "/media")
            let second = try await scene.waiting(with: "second", to: "12025550102")

            let made = try scene.made(at: 1)

            #expect(made.newMedia == 1)
            #expect(scene.files(in: scene.backups.path + "/media").values.contains { inode.values.contains($0) })
            #expect(made.manifest.media.files == 2)
            try FileManager.default.removeItem(atPath: scene.path(of: first, in: scene.data))
            try scene.made(at: 2)
            #expect(scene.isThere(file), "the backup before has it")
            let last = try scene.made(at: 3)
            #expect(!scene.isThere(file))
            #expect(scene.isThere(scene.path(of: second, in: scene.backups.path)))
            #expect(try scene.backups.names().count == 2)
            #expect(last.manifest.media.missing == [first.hash], "a message needs what the data directory has not")
            #expect(try scene.faults(of: last.name) == [], "which is no fault of the backup")
        }
    }

    @Test("is the newest and stays, also where the clock was ahead when the one before was made")
    func clockAhead() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let first = try scene.made()
            let ahead = scene.backups.folder(of: "20991231T235959.999Z")
            try FileManager.default.moveItem(atPath: scene.backups.folder(of: first.name), toPath: ahead)

            let second = try scene.made(at: 1)
            let third = try scene.made(at: 2)

            #expect(try scene.backups.names() == [second.name, third.name])
            #expect(try scene.backups.chosen(nil) == third.name)
            #expect(third.manifest.createdAt < "2099")
            #expect(try scene.faults(of: third.name) == [])
        }
    }

    @Test("that fails or is broken off is none, and leaves the one before as it was")
    func brokenOff() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let whole = try scene.made()
            let files = scene.files(in: scene.backups.folder(of: whole.name))
            try FileManager.default.removeItem(atPath: scene.root + "/etc/credentials.json")

            #expect(throws: BackupFailure.self) { try scene.made(at: 1) }
            // What a kill leaves behind.
            let part = scene.backups.folder(of: "20300101T000000.000Z.part")
            try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: URL(filePath: part + "/manifest.json"))

            #expect(try scene.backups.names() == [whole.name])
            #expect(scene.files(in: scene.backups.folder(of: whole.name)) == files)
            #expect(try scene.faults(of: whole.name) == [])
            try Data("{}".utf8).write(to: URL(filePath: scene.root + "/etc/credentials.json"))
            try scene.made(at: 2)
            #expect(!scene.isThere(part))
        }
    }

    @Test("that is refused leaves no folder that was not there")
    func refused() async throws {
        try await BackupScene.run { scene in
            try FileManager.default.removeItem(atPath: scene.root + "/etc/credentials.json")
            let folder = scene.root + "/new/backups/"
            var maker = BackupMaker(
                into: BackupFolder(folder), of: scene.data, configuration: scene.root + "/etc/mm7-gateway.json",
                credentials: scene.root + "/etc/credentials.json", version: "1", keep: 1)
            maker.patience = .zero

            #expect(throws: BackupFailure.self) { try maker.make() }
            #expect(!scene.isThere(scene.root + "/new"))

            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            #expect(throws: BackupFailure.self) { try maker.make() }
            #expect(scene.isThere(folder), "what was there stays")
        }
    }

    @Test("is not made beside another, nor while media is swept, nor in the data directory")
    func alone() async throws {
        try await BackupScene.run { scene in
            try scene.made()
            do {
                let sweep = try #require(try FolderLock(scene.data))
                let failure = #expect(throws: BackupFailure.self) { try scene.made(at: 1) }
                #expect(failure?.description.contains("another backup") == true)
                withExtendedLifetime(sweep) {}
            }
            do {
                let other = try #require(try FolderLock(scene.backups.path))
                #expect(throws: BackupFailure.self) { try scene.made(at: 1) }
                withExtendedLifetime(other) {}
            }
            try scene.made(at: 1)

            let inside = BackupMaker(
                into: BackupFolder(scene.data + "/backups"), of: scene.data, configuration: "/dev/null",
                credentials: nil, version: "1", keep: 1)
            let failure = #expect(throws: BackupFailure.self) { try inside.make() }
            #expect(failure?.description.contains("lies in the data directory") == true)
            #expect(!scene.isThere(scene.data + "/backups"), "no empty folder stays")
        }
    }

    @Test("says what is wrong with it", arguments: ["gateway.sqlite", "media.key", "media.list", "media"])
    func damaged(_ file: String) async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let made = try scene.made()
            let path =
                file == "media"
                ? scene.path(of: media, in: scene.backups.path) : scene.backups.folder(of: made.name) + "/" + file
            let handle = try FileHandle(forUpdating: URL(filePath: path))
            try handle.write(contentsOf: Data([0x21]))
            try handle.close()

            let faults = try scene.faults(of: made.name)

            #expect(faults.count == 1)
            #expect(faults.first?.contains(file == "media" ? media.hash : file) == true)
            #expect(faults.first?.contains("is not what was written") == true)
        }
    }

    @Test("without a file says so")
    func gone() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let made = try scene.made()
            try FileManager.default.removeItem(atPath: scene.path(of: media, in: scene.backups.path))

            #expect(try scene.faults(of: made.name).first?.contains("No such file") == true)
            #expect(try scene.made(at: 1).newMedia == 1, "the next one copies it again")
            #expect(try scene.faults(of: made.name) == [])
        }
    }

    @Test("is made although the one before is damaged, and brings all media anew", arguments: [nil, "no list\n"])
    func besideDamaged(_ list: String?) async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let path = scene.backups.folder(of: try scene.made().name) + "/media.list"
            try FileManager.default.removeItem(atPath: path)
            if let list { try Data(list.utf8).write(to: URL(filePath: path)) }

            let made = try scene.made(at: 1)

            #expect(made.newMedia == 1)
            #expect(try scene.faults(of: made.name) == [])
            #expect(scene.isThere(scene.path(of: media, in: scene.backups.path)))
            #expect(try scene.backups.names().count == 2)
        }
    }

    @Test("leaves alone what lies beside the shelves of the media, in its folder and in the gateway's")
    func besideStrangers() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            try scene.made()
            let strangers = ["README", "no"].flatMap {
                ["\(scene.backups.path)/media/\($0)", "\(scene.data)/media/\($0)"]
            }
            for path in strangers { try Data("Hands off".utf8).write(to: URL(filePath: path)) }

            let made = try scene.made(at: 1)

            #expect(try scene.faults(of: made.name) == [])
            #expect(strangers.allSatisfy(scene.isThere))
        }
    }

    @Test("leaves a file out that is not what its name says")
    func rotten() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            try Data("dog".utf8).write(to: URL(filePath: scene.path(of: media, in: scene.data)))

            let made = try scene.made()

            #expect(made.manifest.media.files == 0)
            #expect(made.manifest.media.missing == [media.hash])
            let verified = try BackupVerification(of: made.name, in: scene.backups).requireWhole()
            #expect(verified.warning == made.manifest.warning)
            #expect(verified.warning?.contains("1 media file that messages need is not in it") == true)
            #expect(verified.warning?.contains(media.hash) == true)
        }
    }
}
