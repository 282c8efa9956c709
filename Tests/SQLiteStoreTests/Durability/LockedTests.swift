import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A locked database is survived")
struct LockedTests {
    @Test("everybody who waits is refused, reading goes on, and so does writing when the lock is gone")
    func lockedAndFree() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(
                directory: folder, signals: signals, now: .start, busyTimeout: .milliseconds(250))
            let scene = Scene(store: store, signals: signals)
            let kept = try await scene.inserted(to: ["12025550101"])
            let other = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            try other.execute("BEGIN EXCLUSIVE", doing: "testing")

            let failures = await refusals(of: 600, scene)

            #expect(failures.count == 600)
            #expect(failures.allSatisfy { $0.isUnavailable && $0.text.contains("locked") })
            #expect(try await store.batch(kept.id, of: kept.owner)?.id == kept.id)

            try other.execute("ROLLBACK", doing: "testing")
            other.close()
            try await scene.inserted(to: ["12025550101"])
            let wait = try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.sqlite.value(of: "PRAGMA busy_timeout")
            }
            #expect(wait == "250", "the next lock is waited for as long as the first")
            #expect(try await store.batchesWithoutMedia(limit: 10, now: .start, except: []).count == 2)
            await store.close()
        }
    }

    /// So many batches at a time, and what was said to them.
    private func refusals(of count: Int, _ scene: Scene) async -> [StoreFailure] {
        await withTaskGroup(of: StoreFailure?.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do {
                        try await scene.inserted(to: ["12025550101"])
                        return nil
                    } catch {
                        return error as? StoreFailure
                    }
                }
            }
            return await group.reduce(into: [StoreFailure]()) { all, failure in
                if let failure { all.append(failure) }
            }
        }
    }
}
