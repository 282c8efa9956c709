import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

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

    @Test("who waits and was not part of it goes into the next")
    func others() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            let scene = Scene(store: store, signals: WorkSignals())
            let (started, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            // The writer is held up until both that follow wait for it; the first of them fills a transaction.
            async let held: Void = store.writer.write { (_) throws(SQLError) in
                started.signal()
                gate.wait()
            }
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                DispatchQueue.global().async {
                    started.wait()
                    continuation.resume()
                }
            }
            let writer = store.writer
            async let large: StoreFailure? = failure {
                try await writer.write { (transaction) throws(SQLError) in
                    FailingDisk.fail(2, in: folder)
                    for _ in 0..<4_000 { try transaction.probe() }
                }
            }
            while store.writer.waitingJobs < 1 { await Task.yield() }
            async let small: StoreFailure? = failure { try await scene.inserted(to: ["12025550101"]) }
            while store.writer.waitingJobs < 2 { await Task.yield() }
            gate.signal()

            let failed = await large
            if case .uncertain = failed {} else { Issue.record("\(String(describing: failed))") }
            #expect(await small == nil)
            try await held
            FailingDisk.fail(0, in: folder)
            await store.close()
        }
    }

    private func failure(_ body: @Sendable () async throws -> some Sendable) async -> StoreFailure? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? StoreFailure
        }
    }
}
