import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A copy of the database")
struct DatabaseCopyTests {
    private func withStore(_ body: (String, SQLiteStore, Scene) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            try await body(folder, store, Scene(store: store, signals: signals))
            await store.close()
        }
    }

    /// A folder whose database is the copy.
    private func opening(_ copy: DatabaseCopy, _ body: (SQLiteStore) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: copy.path, toPath: folder + "/gateway.sqlite")
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await body(store)
            await store.close()
        }
    }

    @Test("is what the database was when the copy began, though a gateway commits between any two steps of it")
    func oneState() async throws {
        try await withStore { folder, _, scene in
            try await scene.due(to: (0..<50).map { "120255501\($0 + 10)" })
            let writer = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            defer { writer.close() }
            var steps: [CopyProgress] = []
            var refusals = 0

            let copy = try DatabaseCopy.make(
                of: folder, at: folder + "/copy", pace: CopyPace(stepPages: 5, pause: .zero), now: .start
            ) { progress in
                steps.append(progress)
                do {
                    try writer.execute("INSERT INTO withdrawal SELECT id FROM batch", doing: "testing")
                    try writer.execute("DELETE FROM withdrawal", doing: "testing")
                } catch {
                    refusals += 1
                }
            }

            #expect(refusals == 0, "the gateway goes on")
            #expect(steps.count > 10)
            #expect(steps.last?.remainingPages == 0)
            #expect(try copy.facts().messages == 50)
            #expect(try copy.facts().waiting == 50)
            #expect(try copy.faults() == [])
            #expect(try #require(steps.last).logBytes > steps[0].logBytes)
        }
    }

    @Test("is taken as restored by the first start on it, until what it had queued is in doubt")
    func mark() async throws {
        try await withStore { folder, store, scene in
            try await scene.due(to: ["12025550101", "12025550102"])
            let copy = try DatabaseCopy.make(of: folder, at: folder + "/copy", now: .start)
            #expect(!store.findings.isCopy)

            try await opening(copy) { store in
                let count = try await store.doubtQueued(now: .start)
                #expect(store.findings.isCopy)
                #expect(count == 2)
            }
            try await opening(copy) { store in
                let again = try await store.doubtQueued(now: .start)
                #expect(again == 2, "the copy itself stays as it is")
            }
        }
        try await withStore { folder, store, scene in
            try await scene.due(to: ["12025550101"])
            let copy = try DatabaseCopy.make(of: folder, at: folder + "/copy", now: .start)
            await store.close()
            for name in ["gateway.sqlite", "gateway.sqlite-wal", "gateway.sqlite-shm"] {
                try? FileManager.default.removeItem(atPath: folder + "/" + name)
            }
            try FileManager.default.copyItem(atPath: copy.path, toPath: folder + "/gateway.sqlite")
            let cutOff = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await cutOff.close()
            let restored = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(restored.findings.isCopy, "a start that ended before it asked has changed nothing")
            _ = try await restored.doubtQueued(now: .start)
            await restored.close()
            let next = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(!next.findings.isCopy)
            await next.close()
            #expect(try DatabaseCopy(at: folder + "/gateway.sqlite").faults().count == 1, "it is no copy any more")
        }
    }

    @Test("is given up, and says why, where the log grows too far meanwhile")
    func slow() async throws {
        try await withStore { folder, _, scene in
            try await scene.due(to: ["12025550101"])

            let failure = #expect(throws: StoreFailure.self) {
                try DatabaseCopy.make(of: folder, at: folder + "/copy", pace: CopyPace(limitBytes: 1), now: .start)
            }
            #expect(failure?.text.contains("the folder of the backup is too slow") == true)
            #expect(failure?.isUnavailable == true)
        }
    }

    @Test("pauses as long as the log is short, then hurries, then ends")
    func pace() {
        let pace = CopyPace(pause: .milliseconds(5), hurryBytes: 10, limitBytes: 20)

        #expect(pace.next(logBytes: 9) == .pause(.milliseconds(5)))
        #expect(pace.next(logBytes: 10) == .goOn)
        #expect(pace.next(logBytes: 19) == .goOn)
        guard case .giveUp = pace.next(logBytes: 20) else {
            Issue.record("it goes on at the limit")
            return
        }
    }

    @Test("names what messages need and nobody has, and no more than that")
    func media() async throws {
        try await withStore { folder, _, scene in
            let batch = try await scene.due(to: ["12025550101"])
            let open = try DatabaseCopy.make(of: folder, at: folder + "/open", now: .start)
            #expect(try open.missingMedia { _ in false } == [Scene.picture.hash])
            #expect(try open.missingMedia { $0 == Scene.picture.hash } == [])

            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
            let ended = try DatabaseCopy.make(of: folder, at: folder + "/ended", now: .start)
            #expect(try ended.missingMedia { _ in false } == [], "what is sent or cancelled needs none")
        }
    }

    @Test("that is damaged says so")
    func damaged() async throws {
        try await withStore { folder, _, scene in
            try await scene.due(to: (0..<50).map { "120255501\($0 + 10)" })
            let copy = try DatabaseCopy.make(of: folder, at: folder + "/copy", now: .start)
            let file = try FileHandle(forUpdating: URL(filePath: copy.path))
            for page in 20..<40 {
                try file.seek(toOffset: UInt64(page * 4096))
                try file.write(contentsOf: Data(repeating: 0xFF, count: 4096))
            }
            try file.close()

            let faults = (try? copy.faults()) ?? ["it cannot be read"]
            #expect(!faults.isEmpty)
        }
    }
}
