import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import Testing

@Suite("A commit that fails at the disk")
struct FailedCommitTests {
    init() { FailingDisk.install() }

    /// What a start finds that follows the end of the process at this moment.
    private func batchesOfNextStart(_ folder: String) async throws -> Int {
        // Not below the folder whose disk fails, nor named like it.
        let copy = FileManager.default.temporaryDirectory.appending(path: "next-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        for name in ["gateway.sqlite", "gateway.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(copy)/\(name)")
        }
        let store = try await SQLiteStore.open(directory: copy, signals: WorkSignals(), now: .start)
        defer { Task { await store.close() } }
        return try await store.batchesWithoutMedia(limit: 100, now: .start, except: []).count
    }

    @Test("is not found by the next start, though it was written whole", arguments: [1, 100])
    func notKept(failures: Int) async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            let scene = Scene(store: store, signals: WorkSignals())
            try await scene.inserted(to: ["12025550101"])

            FailingDisk.fail(failures, in: folder)
            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.inserted(to: ["12025550102", "12025550103"])
            }

            #expect(try await batchesOfNextStart(folder) == 1)
            // Only a commit that was made durable in its place is proof.
            switch try #require(failure) {
            case .unavailable: #expect(failures == 1)
            case .uncertain: #expect(failures == 100)
            default: Issue.record("\(String(describing: failure))")
            }
            FailingDisk.fail(0, in: folder)
            try await scene.inserted(to: ["12025550104"])
            #expect(try await store.batchesWithoutMedia(limit: 100, now: .start, except: []).count == 2)
            await store.close()
        }
    }
}
