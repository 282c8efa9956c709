import Foundation
import GatewayCore
import Media
import SQLStore
import SQLiteStore
import StoreConformance
import Testing

@testable import Operating

@Suite("A restore")
struct RestoreTests {
    private func restorer(
        _ made: BackupMaker.Made, _ scene: BackupScene, to directory: String, replacing: Bool = false
    ) -> BackupRestorer {
        BackupRestorer(made.name, in: scene.backups, to: directory, replacing: replacing)
    }

    @Test("puts all in place, and what was queued is known to be in doubt")
    func whole() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let made = try scene.made()
            let directory = scene.root + "/restored"

            let restored = try restorer(made, scene, to: directory).restore()

            #expect(restored.replaced == nil)
            #expect(try Data(contentsOf: URL(filePath: directory + "/media.key")) == Data(repeating: 7, count: 32))
            let library = try MediaLibrary(dataDirectory: directory)
            #expect(try await library.bytes(of: media) == Array("cat".utf8))
            let store = try await SQLiteStore.open(directory: directory, signals: WorkSignals(), now: .start)
            #expect(store.findings.isCopy)
            #expect(try await store.doubtQueued(now: .start) == 1)
            await store.close()
            #expect(try scene.faults(of: made.name) == [], "the backup is as it was")
        }
    }

    @Test("is refused where a gateway runs, or something is in the way")
    func refused() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let made = try scene.made()
            let before = scene.files(in: scene.data)

            let running = #expect(throws: BackupFailure.self) {
                try restorer(made, scene, to: scene.data, replacing: true).restore()
            }
            #expect(running?.description.contains("in use by another gateway") == true)
            #expect(scene.files(in: scene.data) == before)

            await scene.store.close()
            let full = #expect(throws: BackupFailure.self) { try restorer(made, scene, to: scene.data).restore() }
            #expect(full?.description.contains("--replace") == true)
        }
    }

    @Test("moves what is there aside where it is told to, all of it")
    func replaced() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let made = try scene.made()
            try await scene.waiting(with: "dog", to: "12025550102")
            await scene.store.close()

            let restored = try restorer(made, scene, to: scene.data, replacing: true).restore()

            let aside = try #require(restored.replaced)
            #expect(scene.files(in: aside).keys.contains("gateway.sqlite"))
            #expect(scene.files(in: aside + "/media").count == 2)
            #expect(scene.files(in: scene.data + "/media").keys.map { String($0.suffix(64)) } == [media.hash])
            let store = try await SQLiteStore.open(directory: scene.data, signals: WorkSignals(), now: .start)
            #expect(store.waitingCount == 1)
            await store.close()
            let again = try restorer(made, scene, to: scene.data, replacing: true).restore()
            #expect(again.replaced != aside)
            #expect(scene.isThere(aside))
        }
    }

    @Test("that fails on its way says where that is which was there before")
    func failed() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let made = try scene.made()
            await scene.store.close()
            // Where the media would be moved to something is in the way.
            let aside = scene.data + "/replaced-" + BackupFolder.name(at: .start)
            try FileManager.default.createDirectory(atPath: aside + "/media/a", withIntermediateDirectories: true)

            let failure = #expect(throws: BackupFailure.self) {
                try restorer(made, scene, to: scene.data, replacing: true).restore(now: .start)
            }

            #expect(failure?.description.contains("What was there before is in \(aside)") == true)
            #expect(scene.isThere(aside + "/gateway.sqlite"))
            let start = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: scene.data, signals: WorkSignals(), now: .start)
            }
            #expect(start?.description.contains("run `mm7-gateway restore` again with --replace") == true)
            _ = try restorer(made, scene, to: scene.data, replacing: true).restore()
            #expect(!scene.isThere(scene.data + "/restore.unfinished"))
        }
    }

    @Test("of a damaged backup changes nothing")
    func damaged() async throws {
        try await BackupScene.run { scene in
            let media = try await scene.waiting(with: "cat")
            let made = try scene.made()
            try Data("dog".utf8).write(to: URL(filePath: scene.path(of: media, in: scene.backups.path)))
            await scene.store.close()
            let before = scene.files(in: scene.data)

            let failure = #expect(throws: BackupFailure.self) {
                try restorer(made, scene, to: scene.data, replacing: true).restore()
            }

            #expect(failure?.description.contains("nothing was restored") == true)
            #expect(scene.files(in: scene.data) == before)
        }
    }

    @Test("that is broken off leaves no store that a gateway would begin with")
    func brokenOff() async throws {
        try await BackupScene.run { scene in
            try await scene.waiting(with: "cat")
            let made = try scene.made()
            let directory = scene.root + "/restored"
            _ = try restorer(made, scene, to: directory).restore()
            // All but the last step.
            try FileManager.default.removeItem(atPath: directory + "/gateway.sqlite")

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: directory, signals: WorkSignals(), now: .start)
            }
            #expect(failure?.description.contains("a database was here and is lost") == true)
        }
    }

    @Test("takes a backup by its name, and the newest without one")
    func named() async throws {
        try await BackupScene.run { scene in
            #expect(throws: BackupFailure("\(scene.backups.path) has no whole backup")) {
                try scene.backups.chosen(nil)
            }
            let first = try scene.made()
            let second = try scene.made(at: 1)

            #expect(try scene.backups.chosen(nil) == second.name)
            #expect(try scene.backups.chosen(first.name) == first.name)
            let failure = #expect(throws: BackupFailure.self) { try scene.backups.chosen("yesterday") }
            #expect(failure?.description.contains(first.name) == true)
        }
    }
}
